# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.principals.api in keywright.yaml
resource "aws_iam_role" "api" {
  name_prefix = "demo-main-api-"

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

# stacks.main.principals.batch in keywright.yaml
resource "aws_iam_user" "batch" {
  name = "demo-main-batch"

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.main.principals.auditors in keywright.yaml
resource "aws_iam_group" "auditors" {
  name = "demo-main-auditors"

  lifecycle {
    ignore_changes = [path]
  }
}
