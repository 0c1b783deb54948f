# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.consumer.principals.reader in keywright.yaml
resource "aws_iam_role" "reader" {
  name = "demo-consumer-reader"

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
    ignore_changes = [path]
  }
}

# stacks.consumer.principals.batch in keywright.yaml
resource "aws_iam_user" "batch" {
  name = "demo-consumer-batch"

  lifecycle {
    ignore_changes = [path]
  }
}
