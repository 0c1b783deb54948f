# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# stacks.core.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name = "api-${var.environment}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.core.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
  description             = var.orders_description
  enable_key_rotation     = true
  rotation_period_in_days = var.orders_rotation_period_in_days
  deletion_window_in_days = var.orders_deletion_window_in_days
  multi_region            = true

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
        Sid       = "Use"
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.api.arn }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = {
          StringEquals = {
            "kms:ViaService" = [
              "s3.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}",
              var.orders_policy_use_kms_via_service_2,
            ]
          }
        }
      },
    ]
  })

  tags = {
    account = data.aws_caller_identity.current.account_id
    owner   = "platform"
    text    = var.orders_tag_text
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.core.keys.orders.aliases in keywright.yaml
resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}

# stacks.core.keys.orders.kmsGrants.loader in keywright.yaml
resource "aws_kms_grant" "orders_loader" {
  name              = "loader"
  key_id            = aws_kms_key.orders.key_id
  grantee_principal = "${var.orders_loader_grantee_principal}${var.platform_keys_root_arn}"
  operations        = ["Decrypt"]
}

# stacks.core.keys.orders.replicas in keywright.yaml
resource "aws_kms_replica_key" "orders_us_east_1" {
  provider = aws.us_east_1

  primary_key_arn         = aws_kms_key.orders.arn
  description             = var.orders_us_east_1_description
  deletion_window_in_days = var.orders_us_east_1_deletion_window_in_days

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
        Sid       = "Use"
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.api.arn }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = {
          StringEquals = {
            "kms:ViaService" = [
              "s3.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}",
              var.orders_us_east_1_policy_use_kms_via_service_2,
            ]
          }
        }
      },
    ]
  })

  tags = {
    account = data.aws_caller_identity.current.account_id
    owner   = "platform"
    text    = var.orders_us_east_1_tag_text
  }

  lifecycle {
    prevent_destroy = true
  }
}
