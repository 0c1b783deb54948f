# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.lake.keys.lake in keywright.yaml
resource "aws_kms_key" "lake" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/demo-api-prod" }
        Action    = "kms:Decrypt"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.lake.keys.lake.aliases in keywright.yaml
resource "aws_kms_alias" "lake" {
  name          = "alias/lake"
  target_key_id = aws_kms_key.lake.key_id
}
