# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name = "api"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.main.keys.invoices in keywright.yaml
resource "aws_kms_key" "invoices" {
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

# stacks.main.keys.invoices.aliases in keywright.yaml
resource "aws_kms_alias" "invoices" {
  name          = "alias/invoices"
  target_key_id = aws_kms_key.invoices.key_id
}

# stacks.main.keys.invoices.replicas in keywright.yaml
resource "aws_kms_replica_key" "invoices_us" {
  provider = aws.us_east_1

  primary_key_arn = aws_kms_key.invoices.arn

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

# stacks.main.keys.invoices.aliases in keywright.yaml
resource "aws_kms_alias" "invoices_us" {
  provider = aws.us_east_1

  name          = "alias/invoices"
  target_key_id = aws_kms_replica_key.invoices_us.key_id
}

# stacks.main.principals.api in keywright.yaml
resource "aws_iam_role_policy" "api" {
  name = "keywright-demo-main"
  role = aws_iam_role.api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.invoices.arn
      },
    ]
  })
}

# stacks.main.keys.invoices.kmsGrants.work in keywright.yaml
resource "aws_kms_grant" "invoices_work" {
  name              = "work"
  key_id            = aws_kms_key.invoices.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/worker"
  operations        = ["Decrypt"]
}
