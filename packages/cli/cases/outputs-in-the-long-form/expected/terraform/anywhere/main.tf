# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# stacks.anywhere.keys.free in keywright.yaml
resource "aws_kms_key" "free" {
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
    place = data.aws_region.current.region
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.anywhere.outputs.key in keywright.yaml
resource "aws_ssm_parameter" "key" {
  name  = "/kms/free"
  type  = "String"
  value = aws_kms_key.free.arn

  tags = {
    place = data.aws_region.current.region
  }
}
