# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.keys-eu-west-1.keys.refunds in keywright.yaml
resource "aws_kms_key" "refunds" {
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

# stacks.keys-eu-west-1, for batch, in keywright.yaml
resource "aws_iam_role_policy" "batch" {
  name = "keywright-pay-keys-eu-west-1"
  role = "Batch"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.refunds.arn
      },
    ]
  })
}
