# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.keys.orders in keywright.yaml, through standard watched
resource "aws_kms_key" "orders" {
  description         = "orders, platinum + more"
  enable_key_rotation = false
  multi_region        = true

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
        Principal = { AWS = "arn:aws:sts::777766665555:assumed-role/Deploy/ci" }
        Action    = "kms:DescribeKey"
        Resource  = "arn:aws:kms:*:777766665555:key/*"
      },
      {
        Effect = "Allow"
        Principal = {
          AWS = [
            "arn:aws:iam::999988887777:role/security/SiemOfProduction",
            "arn:aws:iam::777766665555:root",
          ]
        }
        Action   = "kms:Decrypt"
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::777766665555:role/Reader" }
        Action    = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "kms:EncryptionContext:tier" = "a \"word\" of {IAM} \\n" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::777766665555:root" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::777766665555:role/*" } }
      },
    ]
  })

  tags = {
    tier = "platinum + more"
  }

  lifecycle {
    prevent_destroy = true
  }
}
