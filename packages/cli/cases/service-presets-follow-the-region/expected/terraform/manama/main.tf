# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.manama.keys.audit in keywright.yaml, through standard audit
resource "aws_kms_key" "audit" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "config.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
      },
      {
        Effect    = "Allow"
        Principal = { Service = ["guardduty.me-south-1.amazonaws.com", "guardduty.amazonaws.com"] }
        Action    = "kms:GenerateDataKey"
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "111122223333" }
          ArnLike      = { "aws:SourceArn" = "arn:aws:guardduty:*:111122223333:detector/*" }
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
          StringEquals = { "aws:SourceAccount" = "111122223333" }
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
          StringEquals = { "aws:SourceAccount" = "111122223333" }
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
        Principal = { Service = "inspector2.me-south-1.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "111122223333" }
          ArnLike      = { "aws:SourceArn" = "arn:aws:inspector2:me-south-1:111122223333:report/*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.me-south-1.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:me-south-1:111122223333:log-group:*"
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = ["macie.me-south-1.amazonaws.com", "macie.amazonaws.com"] }
        Action    = ["kms:GenerateDataKey", "kms:Encrypt"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "111122223333" }
          ArnLike = {
            "aws:SourceArn" = [
              "arn:aws:macie2:*:111122223333:export-configuration:*",
              "arn:aws:macie2:*:111122223333:classification-job/*",
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
