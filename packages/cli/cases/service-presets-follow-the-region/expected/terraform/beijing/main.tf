# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.beijing.keys.audit in keywright.yaml, through standard audit
resource "aws_kms_key" "audit" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws-cn:iam::444455556666:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "config.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = "444455556666" } }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "guardduty.amazonaws.com" }
        Action    = "kms:GenerateDataKey"
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "444455556666" }
          ArnLike      = { "aws:SourceArn" = "arn:aws-cn:guardduty:*:444455556666:detector/*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "sso.amazonaws.com" }
        Action = [
          "kms:Decrypt",
          "kms:ReEncryptTo",
          "kms:ReEncryptFrom",
          "kms:GenerateDataKeyWithoutPlaintext",
        ]
        Resource = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "444455556666" }
          StringLike   = { "kms:EncryptionContext:aws:sso:instance-arn" = "*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "identitystore.amazonaws.com" }
        Action = [
          "kms:Decrypt",
          "kms:ReEncryptTo",
          "kms:ReEncryptFrom",
          "kms:GenerateDataKeyWithoutPlaintext",
        ]
        Resource = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "444455556666" }
          StringLike   = { "kms:EncryptionContext:aws:identitystore:identitystore-arn" = "*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = ["sso.amazonaws.com", "identitystore.amazonaws.com"] }
        Action    = "kms:DescribeKey"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "inspector2.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "444455556666" }
          ArnLike      = { "aws:SourceArn" = "arn:aws-cn:inspector2:cn-north-1:444455556666:report/*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.cn-north-1.amazonaws.com.cn" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws-cn:logs:cn-north-1:444455556666:log-group:*"
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "macie.amazonaws.com" }
        Action    = ["kms:GenerateDataKey", "kms:Encrypt"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "444455556666" }
          ArnLike = {
            "aws:SourceArn" = [
              "arn:aws-cn:macie2:*:444455556666:export-configuration:*",
              "arn:aws-cn:macie2:*:444455556666:classification-job/*",
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
