# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.owner.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name_prefix = "demo-owner-api-"

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

# stacks.owner.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
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
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.owner.keys.orders.replicas in keywright.yaml
resource "aws_kms_replica_key" "orders_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.orders.arn

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

# stacks.owner.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "orders_us" {
  provider = aws.us_east_1

  name          = "alias/orders"
  target_key_id = aws_kms_replica_key.orders_us.key_id
}

# stacks.owner.principals.api in keywright.yaml
resource "aws_iam_role_policy" "api" {
  name = "keywright-demo-owner"
  role = aws_iam_role.api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_replica_key.orders_us.arn
      },
    ]
  })
}
