# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.orders.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
  description             = "Orders of prod"
  enable_key_rotation     = true
  rotation_period_in_days = 365
  multi_region            = false

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
        Sid       = "Auditors"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/Audit" }
        Action    = ["kms:DescribeKey", "kms:GetKeyPolicy"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.eu-west-1.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-west-1:111122223333:log-group:/orders/*"
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action = [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:CreateGrant",
          "kms:DescribeKey",
        ]
        Resource = "*"
        Condition = {
          StringEquals = {
            "kms:ViaService"    = "rds.eu-west-1.amazonaws.com"
            "kms:CallerAccount" = "111122223333"
          }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.orders.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "prod_orders" {
  name          = "alias/prod/orders"
  target_key_id = aws_kms_key.orders.key_id
}
