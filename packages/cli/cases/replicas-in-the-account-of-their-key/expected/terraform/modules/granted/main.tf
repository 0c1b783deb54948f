# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# stacks.granted.keys.shared in keywright.yaml
resource "aws_kms_key" "shared" {
  enable_key_rotation     = true
  rotation_period_in_days = 365
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
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.granted.keys.shared.replicas in keywright.yaml
resource "aws_kms_replica_key" "shared_us_east_1" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.shared.arn

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

# stacks.granted.keys.shared.kmsGrants.build in keywright.yaml
resource "aws_kms_grant" "shared_build_us_east_1" {
  provider = aws.us_east_1

  name              = "build"
  key_id            = aws_kms_replica_key.shared_us_east_1.key_id
  grantee_principal = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/Build"
  operations        = ["Decrypt"]
}
