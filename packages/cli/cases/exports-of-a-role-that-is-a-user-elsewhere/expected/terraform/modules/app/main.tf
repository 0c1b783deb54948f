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
