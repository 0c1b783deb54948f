# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.core.keys.invoices in keywright.yaml, through key set standard
resource "aws_kms_key" "invoices" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.core.keys.invoices.aliases in keywright.yaml, through key set standard
resource "aws_kms_alias" "demo_invoices" {
  name          = "alias/demo/invoices"
  target_key_id = aws_kms_key.invoices.key_id
}

# stacks.core.keys.invoices.aliases in keywright.yaml, through key set standard
resource "aws_kms_alias" "demo_environment_invoices" {
  name          = "alias/demo/${var.environment}/invoices"
  target_key_id = aws_kms_key.invoices.key_id
}

# stacks.core.keys.orders in keywright.yaml, through key set standard
resource "aws_kms_key" "orders" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.core.keys.orders.aliases in keywright.yaml, through key set standard
resource "aws_kms_alias" "demo_orders" {
  name          = "alias/demo/orders"
  target_key_id = aws_kms_key.orders.key_id
}
