# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.single.keys.audit in keywright.yaml
resource "aws_kms_key" "audit" {
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
    ]
  })

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
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.single, for app-values-team, in keywright.yaml
resource "aws_iam_role_policy" "app_values_team" {
  name = "keywright-demo-single"
  role = "app-green"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.audit.arn
      },
    ]
  })
}

# stacks.single, for Batch, in keywright.yaml
resource "aws_iam_role_policy" "batch" {
  name = "keywright-demo-single"
  role = "Batch"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.audit.arn
      },
    ]
  })
}

# stacks.single, for fixed---region-, in keywright.yaml
resource "aws_iam_role_policy" "fixed_region" {
  name = "keywright-demo-single"
  role = "fixed-eu-west-1"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.audit.arn
      },
    ]
  })
}

# stacks.single, for app-values-team-us-east-1, in keywright.yaml
resource "aws_iam_role_policy" "app_values_team_us_east_1" {
  name = "keywright-demo-single"
  role = "app-red"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_replica_key.audit_prod_us.arn
      },
    ]
  })
}
