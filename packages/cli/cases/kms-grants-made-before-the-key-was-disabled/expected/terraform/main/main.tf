# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.keys.retired in keywright.yaml
resource "aws_kms_key" "retired" {
  is_enabled          = false
  enable_key_rotation = false
  multi_region        = true

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

# stacks.main.keys.retired.replicas in keywright.yaml
resource "aws_kms_replica_key" "retired_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.retired.arn
  enabled         = false

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

# stacks.main.keys.retired.kmsGrants.work in keywright.yaml
resource "aws_kms_grant" "retired_work" {
  name              = "work"
  key_id            = aws_kms_key.retired.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/worker"
  operations        = ["Decrypt"]
}

# stacks.main.keys.retired.kmsGrants.work in keywright.yaml
resource "aws_kms_grant" "retired_work_us" {
  provider = aws.us_east_1

  name              = "work"
  key_id            = aws_kms_replica_key.retired_us.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/worker"
  operations        = ["Decrypt"]
}
