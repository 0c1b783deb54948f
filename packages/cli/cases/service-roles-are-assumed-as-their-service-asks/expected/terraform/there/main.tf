# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.there.principals.batch in keywright.yaml
resource "aws_iam_role" "batch" {
  name_prefix = "demo-there-batch-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = ["ec2.amazonaws.com.cn", "lambda.amazonaws.com"] }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}
