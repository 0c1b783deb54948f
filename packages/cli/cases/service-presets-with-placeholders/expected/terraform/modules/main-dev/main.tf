# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

# stacks.main.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
  enable_key_rotation     = true
  rotation_period_in_days = 365
  multi_region            = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.${data.aws_region.current.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = [
              "arn:aws:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/dev/orders/*",
              "arn:aws:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/$${literal}",
            ]
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "aws:SourceArn" = [
              "arn:aws:cloudtrail:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:trail/dev",
              "arn:aws:cloudtrail:${data.aws_region.current.region}:111122223333:trail/demo",
            ]
          }
          StringLike = {
            "kms:EncryptionContext:aws:cloudtrail:arn" = [
              "arn:aws:cloudtrail:*:${data.aws_caller_identity.current.account_id}:trail/*",
              "arn:aws:cloudtrail:*:111122223333:trail/*",
            ]
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = {
          ArnLike = {
            "aws:SourceArn" = [
              "arn:aws:cloudtrail:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:trail/dev",
              "arn:aws:cloudtrail:${data.aws_region.current.region}:111122223333:trail/demo",
            ]
          }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}
