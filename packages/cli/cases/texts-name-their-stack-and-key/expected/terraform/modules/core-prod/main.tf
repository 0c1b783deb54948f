# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.core.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name        = "demo-api-${var.environment}"
  description = "Api of core-${var.environment}"

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

  tags = {
    stack = "core-${var.environment}"
  }

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.core.keys.logs in keywright.yaml, through key set baseline and standard named
resource "aws_kms_key" "logs" {
  description         = "logs of core-${var.environment} in ${var.environment}"
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

  tags = {
    key   = "demo/logs"
    stack = "core-${var.environment}"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.core.keys.orders in keywright.yaml, through standard named
resource "aws_kms_key" "orders" {
  description         = "orders of core-${var.environment} in ${var.environment}"
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

  tags = {
    key   = "demo/orders"
    stack = "core-${var.environment}"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.core, for keeper-logs, in keywright.yaml, through standard named
resource "aws_iam_role_policy" "keeper_logs" {
  name = "keywright-demo-core-${var.environment}"
  role = "keeper-of-logs"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "kms:Create*",
          "kms:Describe*",
          "kms:Enable*",
          "kms:List*",
          "kms:Put*",
          "kms:Update*",
          "kms:Revoke*",
          "kms:Disable*",
          "kms:Get*",
          "kms:Delete*",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:ScheduleKeyDeletion",
          "kms:CancelKeyDeletion",
          "kms:RotateKeyOnDemand",
        ]
        Resource = aws_kms_key.logs.arn
      },
    ]
  })
}

# stacks.core, for keeper-orders, in keywright.yaml, through standard named
resource "aws_iam_role_policy" "keeper_orders" {
  name = "keywright-demo-core-${var.environment}"
  role = "keeper-of-orders"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "kms:Create*",
          "kms:Describe*",
          "kms:Enable*",
          "kms:List*",
          "kms:Put*",
          "kms:Update*",
          "kms:Revoke*",
          "kms:Disable*",
          "kms:Get*",
          "kms:Delete*",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:ScheduleKeyDeletion",
          "kms:CancelKeyDeletion",
          "kms:RotateKeyOnDemand",
        ]
        Resource = aws_kms_key.orders.arn
      },
    ]
  })
}

# stacks.core.principals.api in keywright.yaml
resource "aws_iam_role_policy" "api" {
  name = "keywright-demo-core-${var.environment}"
  role = aws_iam_role.api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = aws_kms_key.orders.arn
        Condition = { StringEquals = { "kms:EncryptionContext:of" = "demo.orders" } }
      },
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:${data.aws_partition.current.partition}:kms:eu-west-1:444455556666:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/lake" } }
      },
    ]
  })
}
