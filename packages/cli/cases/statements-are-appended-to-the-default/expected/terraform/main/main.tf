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
        Sid       = "NotOutside"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        NotAction = "kms:DescribeKey"
        Resource  = "*"
        Condition = {
          StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
          Bool            = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999999999999:root" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
      },
      {
        Effect       = "Deny"
        NotPrincipal = { AWS = "arn:aws:iam::111122223333:root" }
        Action       = "kms:Put*"
        Resource     = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Federated = "arn:aws:iam::111122223333:saml-provider/corp" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { StringEquals = { "kms:EncryptionContext:user" = "$${aws:username}" } }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}
