# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.keys.invoices in keywright.yaml, through standard adopted
resource "aws_kms_key" "invoices" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Id      = "key-default-2"
    Statement = [
      {
        Sid       = "Enable IAM User Permissions"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Auditors"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/Auditor" }
        Action    = "kms:Describe*"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Id      = "key-default-1"
    Statement = [
      {
        Sid       = "Enable IAM User Permissions"
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
