# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.app.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name_prefix = "demo-app-api-"

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

# stacks.app.principals.api in keywright.yaml
resource "aws_iam_role_policy" "api" {
  name = "keywright-demo-app-${var.environment}"
  role = aws_iam_role.api.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.api_policy_statement_1_resource
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = var.api_policy_statement_2_resource
      },
    ]
  })
}
