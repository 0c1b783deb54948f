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

# stacks.main.principals.api in keywright.yaml
resource "aws_iam_role_policy" "api" {
  name = "ApiDefaultPolicy1A2B3C4D"
  role = aws_iam_role.api.name

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

# stacks.main.principals.batch in keywright.yaml
resource "aws_iam_user_policy" "batch_of_keys" {
  name = "batch-keys"
  user = aws_iam_user.batch.name

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

# stacks.main.principals.auditors in keywright.yaml
resource "aws_iam_group_policy" "auditors_of_keys" {
  name  = "keywright-demo-main"
  group = aws_iam_group.auditors.name

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
