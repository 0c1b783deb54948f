# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.platform.principals.auditors in keywright.yaml
resource "aws_iam_group" "auditors" {
  name = "payments-platform-auditors"

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.platform.keys.orders in keywright.yaml, through standard pii
resource "aws_kms_key" "orders" {
  description             = "Encrypts order records"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 30
  multi_region            = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
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
        Principal = { AWS = "arn:aws:iam::444455556666:role/payments-warehouse-eu-loader" }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = { StringEquals = { "kms:ViaService" = "s3.eu-west-1.amazonaws.com" } }
      },
    ]
  })

  tags = {
    classification = "pii"
    cost-centre    = "0042"
    owner          = "platform"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.platform.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}

# stacks.platform.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "payments_orders" {
  name          = "alias/payments/orders"
  target_key_id = aws_kms_key.orders.key_id
}

# stacks.platform.keys.orders.replicas in keywright.yaml, through standard pii
resource "aws_kms_replica_key" "orders_prod_us" {
  provider = aws.us_east_1

  primary_key_arn         = aws_kms_key.orders.arn
  description             = "Encrypts order records (replica)"
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
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
        Principal = { AWS = "arn:aws:iam::111122223333:role/BreakGlass" }
        Action    = "kms:Decrypt"
        Resource  = "*"
      },
    ]
  })

  tags = {
    classification = "pii"
    cost-centre    = "0042"
    owner          = "platform"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.platform.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "orders_prod_us" {
  provider = aws.us_east_1

  name          = "alias/orders"
  target_key_id = aws_kms_replica_key.orders_prod_us.key_id
}

# stacks.platform.keys.root in keywright.yaml, through standard house
resource "aws_kms_key" "root" {
  description             = "Encrypts what has no key of its own"
  enable_key_rotation     = true
  rotation_period_in_days = 365
  multi_region            = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
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
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          ArnLike = { "aws:SourceArn" = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main" }
          StringLike = {
            "kms:EncryptionContext:aws:cloudtrail:arn" = "arn:aws:cloudtrail:*:111122223333:trail/*"
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "cloudtrail.amazonaws.com" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main" } }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.eu-west-1.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-west-1:111122223333:log-group:/payments/*"
          }
        }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/BreakGlass" }
        Action    = ["kms:DescribeKey", "kms:List*"]
        Resource  = "*"
      },
    ]
  })

  tags = {
    cost-centre = "0042"
    owner       = "platform"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.platform.keys.root.aliases in keywright.yaml
resource "aws_kms_alias" "platform" {
  name          = "alias/platform"
  target_key_id = aws_kms_key.root.key_id
}

# stacks.platform, for keyAdmins, in keywright.yaml, through standard house
resource "aws_iam_role_policy" "key_admins" {
  name = "keywright-payments-platform"
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
          "kms:ReplicateKey",
          "kms:UpdatePrimaryRegion",
        ]
        Resource = [aws_kms_key.orders.arn, aws_kms_replica_key.orders_prod_us.arn]
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
          "kms:RotateKeyOnDemand",
          "kms:DescribeKey",
        ]
        Resource = aws_kms_key.root.arn
      },
    ]
  })
}

# stacks.platform, for ci, in keywright.yaml
resource "aws_iam_user_policy" "ci" {
  name = "keywright-payments-platform"
  user = "ci"

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

# stacks.platform.principals.auditors in keywright.yaml
resource "aws_iam_group_policy" "auditors" {
  name  = "keywright-payments-platform"
  group = aws_iam_group.auditors.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:DescribeKey"
        Resource = aws_kms_key.root.arn
      },
    ]
  })
}
