# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.beside.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name_prefix = "demo-beside-api-"

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

# stacks.beside.principals.api in keywright.yaml
resource "aws_iam_role_policy" "api" {
  name = "keywright-demo-beside"
  role = aws_iam_role.api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:aws:kms:us-east-1:111122223333:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/orders" } }
      },
    ]
  })
}
