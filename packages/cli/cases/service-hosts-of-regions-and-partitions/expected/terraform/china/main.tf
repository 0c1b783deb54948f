# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.china.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws-cn:iam::555566667777:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect = "Allow"
        Principal = {
          Service = [
            "logs.cn-north-1.amazonaws.com.cn",
            "codedeploy.cn-north-1.amazonaws.com.cn",
            "elasticmapreduce.amazonaws.com.cn",
          ]
        }
        Action   = "kms:Decrypt"
        Resource = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}
