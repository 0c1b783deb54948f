# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_partition" "current" {}

# stacks.app.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name = "demo-app-${var.environment}-api"

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

# stacks.app.principals.api in keywright.yaml
resource "aws_iam_role_policy" "api" {
  name = "keywright-demo-app-${var.environment}"
  role = aws_iam_role.api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:${data.aws_partition.current.partition}:kms:eu-west-1:111122223333:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/root" } }
      },
    ]
  })
}
