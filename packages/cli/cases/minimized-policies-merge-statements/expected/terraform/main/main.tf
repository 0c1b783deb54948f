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
      {
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::111122223333:role/A", "arn:aws:iam::111122223333:role/B"] }
        Action    = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/B" }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = { StringEquals = { "kms:EncryptionContext:t" = "x" } }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.tokens in keywright.yaml
resource "aws_kms_key" "tokens" {
  customer_master_key_spec = "HMAC_512"
  key_usage                = "GENERATE_VERIFY_MAC"
  multi_region             = false

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
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = ["kms:VerifyMac", "kms:GenerateMac"]
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}
