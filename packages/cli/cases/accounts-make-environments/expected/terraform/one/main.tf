# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.one.keys.root in keywright.yaml
resource "aws_kms_key" "root" {
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

  tags = {
    env = "prod"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.one.keys.root.replicas in keywright.yaml
resource "aws_kms_replica_key" "root_payments_us_east_1" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.root.arn

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

  tags = {
    env = "prod"
  }

  lifecycle {
    prevent_destroy = true
  }
}
