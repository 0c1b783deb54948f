# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# stacks.payments.principals.api in teams/payments.yaml
resource "aws_iam_role" "api" {
  name_prefix = "company-payments-api-"

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
    owner = "payments"
  }

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}

# stacks.payments.principals.nightly in teams/payments.yaml
resource "aws_iam_role" "nightly" {
  name_prefix = "company-payments-nightly-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "batch.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  tags = {
    owner = "payments"
  }

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}

# stacks.payments.keys.buckets in teams/payments.yaml, through standard house
resource "aws_kms_key" "buckets" {
  description             = "Encrypts buckets"
  enable_key_rotation     = true
  rotation_period_in_days = 365
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
    ]
  })

  tags = {
    data    = "confidential"
    owner   = "payments"
    purpose = var.purpose
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.payments.keys.buckets.aliases in keywright.yaml, through key set baseline
resource "aws_kms_alias" "buckets" {
  name          = "alias/buckets"
  target_key_id = aws_kms_key.buckets.key_id
}

# stacks.payments.keys.cards in teams/payments.yaml, through standard house
resource "aws_kms_key" "cards" {
  description             = "Encrypts card tokens"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = var.cards_deletion_window_in_days
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
    ]
  })

  tags = {
    data    = var.cards_tag_data
    owner   = "payments"
    purpose = var.purpose
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.payments.keys.cards.aliases in teams/payments.yaml
resource "aws_kms_alias" "payments_cards" {
  name          = "alias/payments/cards"
  target_key_id = aws_kms_key.cards.key_id
}

# stacks.payments.keys.logs in keywright.yaml, through key set baseline and standard house
resource "aws_kms_key" "logs" {
  description             = "Encrypts log groups"
  enable_key_rotation     = true
  rotation_period_in_days = 365
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
        Effect = "Allow"
        Principal = {
          Service = "logs.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
        }
        Action   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:*"
          }
        }
      },
    ]
  })

  tags = {
    data    = "internal"
    owner   = "payments"
    purpose = var.purpose
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.payments.keys.logs.aliases in keywright.yaml, through key set baseline
resource "aws_kms_alias" "logs" {
  name          = "alias/logs"
  target_key_id = aws_kms_key.logs.key_id
}

# stacks.payments.keys.statements in teams/payments.yaml, through standard house
resource "aws_kms_key" "statements" {
  description              = "Signs account statements"
  customer_master_key_spec = "RSA_3072"
  key_usage                = "SIGN_VERIFY"
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
    ]
  })

  tags = {
    data    = "internal"
    owner   = "payments"
    purpose = var.purpose
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.payments.keys.statements.aliases in teams/payments.yaml
resource "aws_kms_alias" "payments_statements" {
  name          = "alias/payments/statements"
  target_key_id = aws_kms_key.statements.key_id
}

# stacks.payments, for keyAdmins, in keywright.yaml, through standard house
resource "aws_iam_role_policy" "key_admins" {
  name = "keywright-company-payments-${var.environment}"
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
        Resource = [aws_kms_key.buckets.arn, aws_kms_key.cards.arn, aws_kms_key.logs.arn]
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
        Resource = aws_kms_key.statements.arn
      },
    ]
  })
}

# stacks.payments.principals.api in teams/payments.yaml
resource "aws_iam_role_policy" "api" {
  name = "keywright-company-payments-${var.environment}"
  role = aws_iam_role.api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = aws_kms_key.buckets.arn
        Condition = {
          StringEquals = { "kms:ViaService" = "s3.${data.aws_region.current.region}.amazonaws.com" }
        }
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = aws_kms_key.cards.arn
      },
    ]
  })
}

# stacks.payments.principals.nightly in teams/payments.yaml
resource "aws_iam_role_policy" "nightly" {
  name = "keywright-company-payments-${var.environment}"
  role = aws_iam_role.nightly.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = aws_kms_key.buckets.arn
        Condition = {
          StringEquals = { "kms:ViaService" = "s3.${data.aws_region.current.region}.amazonaws.com" }
        }
      },
      {
        Effect   = "Allow"
        Action   = "kms:Sign"
        Resource = aws_kms_key.statements.arn
      },
    ]
  })
}
