# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.replicated.keys.logs in keywright.yaml, through standard watched
resource "aws_kms_key" "logs" {
  description         = "logs, gold"
  enable_key_rotation = false
  multi_region        = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::999988887777:role/Siem", "arn:aws:iam::888877776666:root"] }
        Action    = "kms:Decrypt"
        Resource  = "*"
      },
    ]
  })

  tags = {
    tier = "gold"
  }

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.replicated.keys.logs.replicas in keywright.yaml
resource "aws_kms_replica_key" "logs_us_east_1" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.logs.arn
  description     = "gold in us-east-1"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  tags = {
    tier = "gold"
  }

  lifecycle {
    prevent_destroy = true
  }
}
