# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# stacks.core.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name_prefix = "demo-core-api-"

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

# stacks.core.keys.orders in keywright.yaml
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

# stacks.core.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "app_environment_orders" {
  name          = "alias/demo/${var.environment}/orders"
  target_key_id = aws_kms_key.orders.key_id
}

# stacks.core.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "values_team" {
  name          = "alias/${var.team}"
  target_key_id = aws_kms_key.orders.key_id
}

# stacks.core.principals.api in keywright.yaml
resource "aws_iam_role_policy" "api" {
  name = "keywright-demo-core-${var.environment}"
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

# stacks.core, for reader, in keywright.yaml
resource "aws_iam_role_policy" "reader" {
  name = "keywright-demo-core-${var.environment}"
  role = "Reader"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:${data.aws_partition.current.partition}:kms:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/${var.shared}" } }
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "arn:aws:kms:us-east-1:${data.aws_caller_identity.current.account_id}:key/*"
        Condition = {
          "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/${var.environment}/far" }
        }
      },
    ]
  })
}
