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
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "kms:PutKeyPolicy"
        Resource  = "*"
        Condition = { ArnNotLike = { "aws:PrincipalArn" = "arn:aws-cn:iam::111122223333:role/KeyAdmin" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/Reader" }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = "cn-north-1" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/Reader" }
        Action    = "kms:Encrypt"
        Resource  = "*"
        Condition = {
          ArnLike = {
            "aws:SourceArn" = ["arn:aws-cn:s3:::orders", "arn:aws:s3:::orders", "arn:*:s3:::orders"]
          }
          StringEquals = { "kms:EncryptionContext:topic" = "arn:aws-cn:sns:cn-north-1:111122223333:orders" }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}
