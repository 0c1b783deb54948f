# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.everywhere.keys.logs in keywright.yaml
resource "aws_kms_key" "logs" {
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

  tags = {
    area = "all"
    env  = var.tag_env
  }

  lifecycle {
    prevent_destroy = true
  }
}
