# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.orders.keys.orders in keywright.yaml
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

# stacks.orders, for app-values-team, in keywright.yaml
resource "aws_iam_role_policy" "app_values_team" {
  name = "keywright-demo-orders-${var.environment}"
  role = "app-${var.team}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.orders.arn
      },
    ]
  })
}

# stacks.orders, for app-orders-environment, in keywright.yaml
resource "aws_iam_role_policy" "app_orders_environment" {
  name = "keywright-demo-orders-${var.environment}"
  role = "app-orders-${var.environment}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = aws_kms_key.orders.arn
      },
    ]
  })
}

# stacks.orders, for values-reader, in keywright.yaml
resource "aws_iam_role_policy" "values_reader" {
  name = "keywright-demo-orders-${var.environment}"
  role = var.values_reader_role

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:DescribeKey"
        Resource = aws_kms_key.orders.arn
      },
    ]
  })
}
