# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.api.principals.reader in keywright.yaml
resource "aws_iam_role" "reader" {
  name_prefix = "demo-api-reader-"

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

# stacks.api.principals.reader in keywright.yaml
resource "aws_iam_role_policy" "reader" {
  name = "keywright-demo-api-${var.environment}"
  role = aws_iam_role.reader.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.shared_arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = var.reader_policy_statement_2_resource
      },
    ]
  })
}
