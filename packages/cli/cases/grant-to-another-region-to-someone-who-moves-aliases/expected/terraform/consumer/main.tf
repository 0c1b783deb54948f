# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.consumer.principals.admin in keywright.yaml
resource "aws_iam_role" "admin" {
  name = "demo-consumer-admin"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.consumer.principals.mover in keywright.yaml
resource "aws_iam_role" "mover" {
  name = "demo-consumer-mover"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.consumer.principals.reader in keywright.yaml
resource "aws_iam_role" "reader" {
  name_prefix = "demo-consumer-reader-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "glue.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}

# stacks.consumer.keys.own in keywright.yaml
resource "aws_kms_key" "own" {
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

# stacks.consumer.principals.mover in keywright.yaml
resource "aws_iam_role_policy" "mover" {
  name = "keywright-demo-consumer"
  role = aws_iam_role.mover.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:UpdateA*"
        Resource = aws_kms_key.own.arn
      },
    ]
  })
}

# stacks.consumer.principals.reader in keywright.yaml
resource "aws_iam_role_policy" "reader" {
  name = "keywright-demo-consumer"
  role = aws_iam_role.reader.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:aws:kms:eu-west-1:111122223333:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/orders" } }
      },
    ]
  })
}
