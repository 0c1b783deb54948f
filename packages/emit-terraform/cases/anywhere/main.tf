# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# stacks.anywhere.keys.root in keywright.yaml
resource "aws_kms_key" "root" {
  description         = "Cost in \u0024${data.aws_caller_identity.current.account_id} of $${region} % `${data.aws_region.current.region}"
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
        Sid    = "Logs"
        Effect = "Allow"
        Principal = {
          Service = "logs.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })

  tags = {
    account = data.aws_caller_identity.current.account_id
  }

  lifecycle {
    prevent_destroy = true
  }
}
