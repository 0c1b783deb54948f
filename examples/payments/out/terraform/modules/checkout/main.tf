# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# stacks.checkout.principals.checkoutApi in teams/checkout.yaml
resource "aws_iam_role" "checkout_api" {
  name_prefix = "payments-checkout-checkoutApi-"
  description = "The checkout API"

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

# stacks.checkout.principals.settlement in teams/checkout.yaml
resource "aws_iam_role" "settlement" {
  name_prefix = "payments-checkout-settlement-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}

# stacks.checkout.keys.cards in teams/checkout.yaml, through standard pii
resource "aws_kms_key" "cards" {
  description             = "Encrypts card tokens in ${data.aws_region.current.region}"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 30
  multi_region            = false

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
        Sid       = "OnlyTheOrganization"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = {
          StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
          Bool            = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
    ]
  })

  tags = {
    classification = "pii"
    owner          = "platform"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.checkout.keys.cards.aliases in teams/checkout.yaml
resource "aws_kms_alias" "cards" {
  name          = "alias/cards"
  target_key_id = aws_kms_key.cards.key_id
}

# stacks.checkout.keys.receipts in teams/checkout.yaml, through standard pii
resource "aws_kms_key" "receipts" {
  description              = "Signs receipts"
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = 30
  multi_region             = false

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
        Sid       = "OnlyTheOrganization"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = {
          StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
          Bool            = { "aws:PrincipalIsAWSService" = "false" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:Verify", "kms:DescribeKey", "kms:GetPublicKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
      },
    ]
  })

  tags = {
    classification = "pii"
    owner          = "platform"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.checkout.keys.receipts.aliases in teams/checkout.yaml
resource "aws_kms_alias" "receipts" {
  name          = "alias/receipts"
  target_key_id = aws_kms_key.receipts.key_id
}

# stacks.checkout, for keyAdmins, in keywright.yaml, through standard house
resource "aws_iam_role_policy" "key_admins" {
  name = "keywright-payments-checkout-${var.environment}"
  role = "KeyAdmin"

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
        Resource = aws_kms_key.cards.arn
      },
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
        ]
        Resource = aws_kms_key.receipts.arn
      },
    ]
  })
}

# stacks.checkout.principals.checkoutApi in teams/checkout.yaml
resource "aws_iam_role_policy" "checkout_api" {
  name = "keywright-payments-checkout-${var.environment}"
  role = aws_iam_role.checkout_api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource  = aws_kms_key.cards.arn
        Condition = { StringEquals = { "kms:EncryptionContext:purpose" = "card-token" } }
      },
      {
        Effect   = "Allow"
        Action   = "kms:Sign"
        Resource = aws_kms_key.receipts.arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.shared_arn
      },
    ]
  })
}

# stacks.checkout.principals.settlement in teams/checkout.yaml
resource "aws_iam_role_policy" "settlement" {
  name = "keywright-payments-checkout-${var.environment}"
  role = aws_iam_role.settlement.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Verify", "kms:DescribeKey", "kms:GetPublicKey"]
        Resource = aws_kms_key.receipts.arn
      },
    ]
  })
}
