# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.keys.orders in keywright.yaml, through standard watched
resource "aws_kms_key" "orders" {
  description         = "orders, gold"
  enable_key_rotation = false
  multi_region        = true

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
        Principal = { AWS = "arn:aws:sts::888877776666:assumed-role/Deploy/ci" }
        Action    = "kms:DescribeKey"
        Resource  = "arn:aws:kms:*:888877776666:key/*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::999988887777:role/Siem", "arn:aws:iam::888877776666:root"] }
        Action    = "kms:Decrypt"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::888877776666:role/Reader" }
        Action    = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "kms:EncryptionContext:tier" = "!Ref 'this'" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::888877776666:root" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::888877776666:role/*" } }
      },
    ]
  })

  tags = {
    tier = "gold"
  }

  lifecycle {
    prevent_destroy = true
  }
}
