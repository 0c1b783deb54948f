# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.keys.orders in keywright.yaml, through standard pii
resource "aws_kms_key" "orders" {
  description             = "Mine"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  multi_region            = false

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
        Sid       = "Base"
        Effect    = "Allow"
        Principal = { Service = "logs.eu-west-1.amazonaws.com" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
      },
      {
        Sid       = "Own"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
      },
    ]
  })

  tags = {
    owner = "orders"
    tier  = "pii"
  }

  lifecycle {
    prevent_destroy = true
  }
}
