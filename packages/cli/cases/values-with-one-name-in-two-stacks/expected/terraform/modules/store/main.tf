# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.store.keys.store in keywright.yaml
resource "aws_kms_key" "store" {
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

# stacks.store.keys.store.aliases in keywright.yaml
resource "aws_kms_alias" "store" {
  name          = "alias/store"
  target_key_id = aws_kms_key.store.key_id
}

# stacks.store.keys.store.replicas in keywright.yaml
resource "aws_kms_replica_key" "store_us_east_1" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.store.arn

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

# stacks.store.keys.store.aliases in keywright.yaml
resource "aws_kms_alias" "store_us_east_1" {
  provider = aws.us_east_1

  name          = "alias/store"
  target_key_id = aws_kms_replica_key.store_us_east_1.key_id
}
