# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.keys.external in keywright.yaml
resource "aws_kms_key" "external" {
  custom_key_store_id = "cks-1234567890abcdef0"
  xks_key_id          = "key-7"
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

# stacks.main.keys.hsm in keywright.yaml
resource "aws_kms_key" "hsm" {
  custom_key_store_id = "cks-1234567890abcdef0"
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

# stacks.main.keys.imported in keywright.yaml
resource "aws_kms_external_key" "imported" {
  enabled      = false
  multi_region = false

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
