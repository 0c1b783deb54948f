# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# stacks.anywhere.keys.payments in keywright.yaml
resource "aws_kms_key" "payments" {
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
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:Decrypt"
        Resource = "*"
        Condition = {
          StringEquals = { "kms:ViaService" = "rds.${data.aws_region.current.region}.amazonaws.com" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = {
          "ForAnyValue:StringLike" = { "aws:PrincipalOrgPaths" = "o-a1b2c3d4e5/*/ou-ab12-11111111/*" }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.anywhere, for Payments, in keywright.yaml
resource "aws_iam_role_policy" "payments" {
  name = "keywright-demo-anywhere.${data.aws_region.current.region}"
  role = "Payments"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = aws_kms_key.payments.arn
      },
    ]
  })
}
