# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.keys.databases in keywright.yaml
resource "aws_kms_key" "databases" {
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
        Principal = { AWS = "*" }
        Action = [
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:DescribeKey",
        ]
        Resource = "*"
        Condition = {
          StringEquals = {
            "kms:ViaService"    = "rds.eu-west-1.amazonaws.com"
            "kms:CallerAccount" = "111122223333"
          }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}
