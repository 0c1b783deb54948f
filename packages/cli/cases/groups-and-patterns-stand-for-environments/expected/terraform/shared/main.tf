# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.shared.keys.root in keywright.yaml
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
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:role/demo-app-data-eu-api" }
        Action    = "kms:Decrypt"
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

# stacks.shared.keys.root.aliases in keywright.yaml
resource "aws_kms_alias" "root" {
  name          = "alias/root"
  target_key_id = aws_kms_key.root.key_id
}

# stacks.shared.keys.root.replicas in keywright.yaml
resource "aws_kms_replica_key" "root_prod_us" {
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
    area = "america"
    env  = "prod"
  }

  lifecycle {
    prevent_destroy = true
  }
}
