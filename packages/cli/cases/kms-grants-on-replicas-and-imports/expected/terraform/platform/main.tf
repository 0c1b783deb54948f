# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.platform.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
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

# stacks.platform.keys.orders.replicas in keywright.yaml
resource "aws_kms_replica_key" "orders_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.orders.arn

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

# stacks.platform.keys.orders.kmsGrants.build in keywright.yaml
resource "aws_kms_grant" "orders_build" {
  name              = "build"
  key_id            = aws_kms_key.orders.key_id
  grantee_principal = "arn:aws:iam::111122223333:user/ci"
  operations        = ["Decrypt"]
}

# stacks.platform.keys.orders.kmsGrants.build in keywright.yaml
resource "aws_kms_grant" "orders_build_us" {
  provider = aws.us_east_1

  name              = "build"
  key_id            = aws_kms_replica_key.orders_us.key_id
  grantee_principal = "arn:aws:iam::111122223333:user/ci"
  operations        = ["Decrypt", "Encrypt"]
}
