# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.secret.principals.batch in keywright.yaml
resource "aws_iam_role" "batch" {
  name_prefix = "demo-secret-batch-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "ec2.c2s.ic.gov" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}
