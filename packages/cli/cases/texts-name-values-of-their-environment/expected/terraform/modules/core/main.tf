# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.core.keys.orders in keywright.yaml, through standard watched
resource "aws_kms_key" "orders" {
  description         = "orders, ${var.tier}"
  enable_key_rotation = false
  multi_region        = true

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
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:sts::${var.partner}:assumed-role/Deploy/ci" }
        Action    = "kms:DescribeKey"
        Resource  = "arn:aws:kms:*:${var.partner}:key/*"
      },
      {
        Effect = "Allow"
        Principal = {
          AWS = [var.siem, "arn:${data.aws_partition.current.partition}:iam::${var.partner}:root"]
        }
        Action   = "kms:Decrypt"
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.partner}:role/Reader" }
        Action    = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "kms:EncryptionContext:tier" = var.quoted } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.company } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { "ForAnyValue:StringLike" = { "aws:PrincipalOrgPaths" = "${var.unit}/*" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${var.partner}:root" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::${var.partner}:role/*" } }
      },
    ]
  })

  tags = {
    tier = var.tier
  }

  lifecycle {
    prevent_destroy = true
  }
}
