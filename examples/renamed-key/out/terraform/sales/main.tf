# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.sales.keys.purchases in keywright.yaml
resource "aws_kms_key" "purchases" {
  description             = "Encrypts purchases"
  enable_key_rotation     = true
  rotation_period_in_days = 365
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
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.sales.keys.purchases.aliases in keywright.yaml
resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.purchases.key_id
}
