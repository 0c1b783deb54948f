# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.keys.keys.invoices in keywright.yaml
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
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.keys, for batch, in keywright.yaml
resource "aws_iam_role_policy" "batch" {
  name = "keywright-pay-eu-keys-09fa3f93"
  role = "Batch"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.invoices.arn
      },
    ]
  })
}
