# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.warehouse-eu.principals.loader in teams/warehouse.yaml
resource "aws_iam_role" "loader" {
  name = "payments-warehouse-eu-loader"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "glue.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.warehouse-eu.keys.lake in teams/warehouse.yaml, through standard house
resource "aws_kms_key" "lake" {
  description             = "Encrypts the data lake"
  enable_key_rotation     = true
  rotation_period_in_days = 365
  multi_region            = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "OnlyTheOrganization"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = {
          StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
          Bool            = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
    ]
  })

  tags = {
    owner = "platform"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.warehouse-eu.keys.lake.aliases in teams/warehouse.yaml
resource "aws_kms_alias" "lake" {
  name          = "alias/lake"
  target_key_id = aws_kms_key.lake.key_id
}

# stacks.warehouse-eu, for keyAdmins, in keywright.yaml, through standard house
resource "aws_iam_role_policy" "key_admins" {
  name = "keywright-payments-warehouse-eu"
  role = "KeyAdmin"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "kms:Create*",
          "kms:Describe*",
          "kms:Enable*",
          "kms:List*",
          "kms:Put*",
          "kms:Update*",
          "kms:Revoke*",
          "kms:Disable*",
          "kms:Get*",
          "kms:Delete*",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:ScheduleKeyDeletion",
          "kms:CancelKeyDeletion",
          "kms:RotateKeyOnDemand",
        ]
        Resource = aws_kms_key.lake.arn
      },
    ]
  })
}

# stacks.warehouse-eu.principals.loader in teams/warehouse.yaml
resource "aws_iam_role_policy" "loader" {
  name = "keywright-payments-warehouse-eu"
  role = aws_iam_role.loader.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = aws_kms_key.lake.arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/*"
        Condition = {
          StringEquals               = { "kms:ViaService" = "s3.eu-west-1.amazonaws.com" }
          "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = ["alias/orders", "alias/payments/orders"] }
        }
      },
    ]
  })
}
