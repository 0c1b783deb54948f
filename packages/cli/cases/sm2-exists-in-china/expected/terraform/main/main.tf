# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.keys.agree in keywright.yaml
resource "aws_kms_key" "agree" {
  customer_master_key_spec = "SM2"
  key_usage                = "KEY_AGREEMENT"
  multi_region             = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws-cn:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.cn-north-1.amazonaws.com.cn" }
        Action    = "kms:DeriveSharedSecret"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}
