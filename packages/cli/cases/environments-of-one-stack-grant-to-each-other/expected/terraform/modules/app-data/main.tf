# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.app.principals.auto in keywright.yaml
resource "aws_iam_role" "auto" {
  name_prefix = "demo-app-auto-"

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
    ignore_changes = [name_prefix, path]
  }
}

# stacks.app.keys.root in keywright.yaml
resource "aws_kms_key" "root" {
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
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::111122223333:role/demo-app-eu-auto"
        }
        Action   = "kms:Decrypt"
        Resource = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.app.keys.root.aliases in keywright.yaml
resource "aws_kms_alias" "root" {
  name          = "alias/root"
  target_key_id = aws_kms_key.root.key_id
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
        Action   = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = aws_kms_key.root.arn
      },
      {
        Effect    = "Allow"
        Action    = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = "arn:${data.aws_partition.current.partition}:kms:eu-west-1:111122223333:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/root" } }
      },
    ]
  })
}
