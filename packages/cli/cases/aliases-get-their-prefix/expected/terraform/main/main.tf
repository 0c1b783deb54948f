# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
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

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}

# stacks.main.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "payments_orders" {
  name          = "alias/payments/orders"
  target_key_id = aws_kms_key.orders.key_id
}

# stacks.main.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "with_under_score_9" {
  name          = "alias/With_Under-score/9"
  target_key_id = aws_kms_key.orders.key_id
}
