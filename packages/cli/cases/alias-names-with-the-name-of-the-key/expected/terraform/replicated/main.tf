# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.replicated.keys.logs in keywright.yaml
resource "aws_kms_key" "logs" {
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

# stacks.replicated.keys.logs.aliases in keywright.yaml
resource "aws_kms_alias" "stack_logs" {
  name          = "alias/replicated/logs"
  target_key_id = aws_kms_key.logs.key_id
}

# stacks.replicated.keys.logs.replicas in keywright.yaml
resource "aws_kms_replica_key" "logs_us_east_1" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.logs.arn

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

# stacks.replicated.keys.logs.aliases in keywright.yaml
resource "aws_kms_alias" "stack_logs_us_east_1" {
  provider = aws.us_east_1

  name          = "alias/replicated/logs"
  target_key_id = aws_kms_replica_key.logs_us_east_1.key_id
}

# stacks.replicated.keys.traces in keywright.yaml
resource "aws_kms_key" "traces" {
  enable_key_rotation = false
  multi_region        = false

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

# stacks.replicated.keys.traces.aliases in keywright.yaml
resource "aws_kms_alias" "stack_traces" {
  name          = "alias/replicated/traces"
  target_key_id = aws_kms_key.traces.key_id
}
