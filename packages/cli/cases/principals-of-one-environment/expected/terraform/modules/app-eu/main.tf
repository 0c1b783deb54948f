# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.app.principals.auto in keywright.yaml
resource "aws_iam_role" "auto" {
  name = "demo-app-${var.environment}-auto"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.app.principals.auditor in keywright.yaml
resource "aws_iam_user" "auditor" {
  name = "demo-app-${var.environment}-auditor"

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.app.keys.shared in keywright.yaml
resource "aws_kms_key" "shared" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.app.keys.shared.aliases in keywright.yaml
resource "aws_kms_alias" "shared" {
  name          = "alias/shared"
  target_key_id = aws_kms_key.shared.key_id
}

# stacks.app.principals.auto in keywright.yaml
resource "aws_iam_role_policy" "auto" {
  name = "keywright-demo-app-${var.environment}"
  role = aws_iam_role.auto.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.shared.arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      },
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:${data.aws_partition.current.partition}:kms:us-east-1:111122223333:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/shared" } }
      },
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = "arn:${data.aws_partition.current.partition}:kms:eu-west-1:444455556666:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/lake" } }
      },
    ]
  })
}

# stacks.app.principals.auditor in keywright.yaml, through standard audited
resource "aws_iam_user_policy" "auditor" {
  name = "keywright-demo-app-${var.environment}"
  user = aws_iam_user.auditor.name

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
        Resource  = "arn:${data.aws_partition.current.partition}:kms:eu-west-1:444455556666:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/lake" } }
      },
    ]
  })
}
