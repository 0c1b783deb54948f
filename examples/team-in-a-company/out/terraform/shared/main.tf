# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.shared.keys.buckets in keywright.yaml, through key set baseline and standard house
resource "aws_kms_key" "buckets" {
  description             = "Encrypts buckets"
  enable_key_rotation     = true
  rotation_period_in_days = 365
  multi_region            = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::333300000009:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  tags = {
    data    = "internal"
    owner   = "platform"
    purpose = "production"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.shared.keys.buckets.aliases in keywright.yaml, through key set baseline
resource "aws_kms_alias" "buckets" {
  name          = "alias/buckets"
  target_key_id = aws_kms_key.buckets.key_id
}

# stacks.shared.keys.logs in keywright.yaml, through key set baseline and standard house
resource "aws_kms_key" "logs" {
  description             = "Encrypts log groups"
  enable_key_rotation     = true
  rotation_period_in_days = 365
  multi_region            = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::333300000009:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.eu-west-1.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-west-1:333300000009:log-group:*"
          }
        }
      },
    ]
  })

  tags = {
    data    = "internal"
    owner   = "platform"
    purpose = "production"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.shared.keys.logs.aliases in keywright.yaml, through key set baseline
resource "aws_kms_alias" "logs" {
  name          = "alias/logs"
  target_key_id = aws_kms_key.logs.key_id
}

# stacks.shared, for keyAdmins, in keywright.yaml, through standard house
resource "aws_iam_role_policy" "key_admins" {
  name = "keywright-company-shared"
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
        Resource = [aws_kms_key.buckets.arn, aws_kms_key.logs.arn]
      },
    ]
  })
}
