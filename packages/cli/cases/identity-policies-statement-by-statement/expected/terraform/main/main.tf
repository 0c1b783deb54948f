# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "platform" {
  backend = "local"

  config = {
    path = "../platform/terraform.tfstate"
  }
}

# stacks.main.principals.ordersApi in keywright.yaml
resource "aws_iam_role" "orders_api" {
  name_prefix = "case-main-ordersApi-"

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

# stacks.main.principals.auditors in keywright.yaml
resource "aws_iam_group" "auditors" {
  name = "case-main-auditors"

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

# stacks.main.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}

# stacks.main.identityPolicies.orders in keywright.yaml
resource "aws_iam_role_policy" "this" {
  name = "orders-key"
  role = aws_iam_role.orders_api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Use"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = aws_kms_key.orders.arn
      },
      {
        Effect = "Allow"
        Action = "kms:Decrypt"
        Resource = [
          data.terraform_remote_state.platform.outputs.keys_root_arn,
          "arn:aws:kms:eu-west-1:111122223333:key/*",
        ]
        Condition = { StringEquals = { "kms:EncryptionContext:tenant" = "a" } }
      },
      {
        Effect      = "Deny"
        NotAction   = "kms:*"
        NotResource = aws_kms_key.orders.arn
      },
    ]
  })
}

# stacks.main.identityPolicies.auditors in keywright.yaml
resource "aws_iam_group_policy" "auditors" {
  name  = "keywright-case-main"
  group = aws_iam_group.auditors.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:List*"
        Resource = "*"
      },
    ]
  })
}

# stacks.main.identityPolicies.reader in keywright.yaml
resource "aws_iam_role_policy" "reader" {
  name = "keywright-case-main"
  role = "Reader"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:DescribeKey"
        Resource = "*"
      },
    ]
  })
}
