# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.single.keys.audit in keywright.yaml, through standard named
resource "aws_kms_key" "audit" {
  description         = "Of prod"
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
    env     = "prod"
    purpose = "production"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.single.keys.audit.replicas in keywright.yaml
resource "aws_kms_replica_key" "audit_prod_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.audit.arn

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
    at = "prod-us"
  }

  lifecycle {
    prevent_destroy = true
  }
}
