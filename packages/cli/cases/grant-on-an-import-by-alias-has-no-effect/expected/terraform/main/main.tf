# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:10
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

# keywright.yaml:11
resource "aws_iam_user" "batch" {
  name = "demo-main-batch"

  lifecycle {
    ignore_changes = [path]
  }
}

# keywright.yaml:12
resource "aws_iam_group" "auditors" {
  name = "demo-main-auditors"

  lifecycle {
    ignore_changes = [path]
  }
}
