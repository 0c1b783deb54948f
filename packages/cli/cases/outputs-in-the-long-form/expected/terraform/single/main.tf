# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.single.keys.logs in keywright.yaml
resource "aws_kms_key" "logs" {
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
    ]
  })

  tags = {
    env = "prod"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.single.outputs.key in keywright.yaml
resource "aws_ssm_parameter" "key" {
  name  = "/kms/logs"
  type  = "String"
  value = aws_kms_key.logs.arn

  tags = {
    env = "prod"
  }
}
