# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:10
resource "aws_iam_role" "api" {
  name_prefix = "demo-one-api-"

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
    ignore_changes = [name_prefix, path]
  }
}

# keywright.yaml:11
resource "aws_kms_key" "orders" {
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
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:role/demo-two-api" }
        Action    = "kms:Decrypt"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# keywright.yaml:11
resource "aws_kms_alias" "one" {
  name          = "alias/one"
  target_key_id = aws_kms_key.orders.key_id
}

# keywright.yaml:15
resource "aws_iam_role_policy" "api" {
  name = "keywright-demo-one"
  role = aws_iam_role.api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:aws:kms:eu-west-1:444455556666:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/two" } }
      },
    ]
  })
}
