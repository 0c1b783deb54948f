# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

# stacks.core.keys.orders in keywright.yaml, through standard watched
resource "aws_kms_key" "orders" {
  description         = var.orders_description
  enable_key_rotation = false
  multi_region        = true

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
        Principal = { AWS = var.orders_policy_statement2_principal_aws }
        Action    = "kms:DescribeKey"
        Resource  = var.orders_policy_statement2_resource
      },
      {
        Effect = "Allow"
        Principal = {
          AWS = [var.orders_policy_statement3_principal_aws1, var.orders_policy_statement3_principal_aws2]
        }
        Action   = "kms:Decrypt"
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = var.orders_policy_statement4_principal_aws }
        Action    = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = {
          StringEquals = {
            "kms:EncryptionContext:tier" = var.orders_policy_statement4_condition_string_equals_kms_encryption_context_tier
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = var.orders_policy_statement3_principal_aws2 }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = {
          ArnLike = { "aws:PrincipalArn" = var.orders_policy_statement5_condition_arn_like_aws_principal_arn }
        }
      },
    ]
  })

  tags = {
    tier = var.orders_tags_tier
  }

  lifecycle {
    prevent_destroy = true
  }
}
