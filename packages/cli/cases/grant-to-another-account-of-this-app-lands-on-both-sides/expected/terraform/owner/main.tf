# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.owner.keys.invoices in keywright.yaml
resource "aws_kms_key" "invoices" {
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
        Principal = { AWS = "arn:aws:iam::444455556666:role/demo-consumer-reader" }
        Action    = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.owner.keys.invoices.aliases in keywright.yaml
resource "aws_kms_alias" "invoices" {
  name          = "alias/invoices"
  target_key_id = aws_kms_key.invoices.key_id
}

# stacks.owner.keys.invoices.aliases in keywright.yaml
resource "aws_kms_alias" "team_invoices" {
  name          = "alias/team/invoices"
  target_key_id = aws_kms_key.invoices.key_id
}

# stacks.owner.keys.orders in keywright.yaml
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
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:role/demo-consumer-reader" }
        Action    = "kms:Decrypt"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.owner.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}
