# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.app.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name = "demo-app-${var.environment}-api"

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

# stacks.app.principals.api in keywright.yaml
resource "aws_iam_role_policy" "api" {
  name = "keywright-demo-app-${var.environment}"
  role = aws_iam_role.api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:${data.aws_partition.current.partition}:kms:us-east-1:${data.aws_caller_identity.current.account_id}:key/${var.store_keys_store_id}"
        Condition = { StringEquals = { "kms:EncryptionContext:env" = "prod-us" } }
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "arn:aws:kms:eu-west-1:444455556666:key/40234567-12ab-34cd-56ef-1234567890ab"
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = "arn:aws:kms:eu-west-1:444455556666:key/49234567-12ab-34cd-56ef-1234567890ab"
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "arn:${data.aws_partition.current.partition}:kms:us-east-1:111122223333:key/*"
        Condition = {
          StringEquals               = { "kms:EncryptionContext:env" = "dev-us" }
          "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/store" }
        }
      },
    ]
  })
}
