# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name_prefix = "demo-main-api-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}

# stacks.main.principals.batch in keywright.yaml
resource "aws_iam_user" "batch" {
  name = "demo-main-batch"

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.main.principals.auditors in keywright.yaml
resource "aws_iam_group" "auditors" {
  name = "demo-main-auditors"

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.main.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/BreakGlass" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.principals.auditors in keywright.yaml
resource "aws_iam_group_policy" "auditors" {
  name  = "keywright-demo-main"
  group = aws_iam_group.auditors.name

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
