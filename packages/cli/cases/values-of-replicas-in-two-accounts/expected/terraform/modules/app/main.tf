# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.app.principals.reader in keywright.yaml
resource "aws_iam_role" "reader" {
  name_prefix = "demo-app-reader-"

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

# stacks.app.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
  enable_key_rotation = false
  multi_region        = true

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

# stacks.app.keys.orders.replicas in keywright.yaml
resource "aws_kms_replica_key" "orders_us_east_1" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.orders.arn

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
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::111122223333:role/demo-app-one-eu-reader"
        }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = { StringEquals = { "kms:EncryptionContext:tenant" = var.us_east_1_tenant } }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.app.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "orders_us_east_1" {
  provider = aws.us_east_1

  name          = "alias/orders"
  target_key_id = aws_kms_replica_key.orders_us_east_1.key_id
}
