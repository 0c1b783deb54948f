# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_partition" "current" {}

# stacks.worker.principals.far in keywright.yaml
resource "aws_iam_role" "far" {
  name_prefix = "demo-worker-far-"

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

# stacks.worker.principals.far in keywright.yaml
resource "aws_iam_role_policy" "far" {
  name = "keywright-demo-worker-${var.environment}"
  role = aws_iam_role.far.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "arn:${data.aws_partition.current.partition}:kms:eu-west-1:111122223333:key/*"
        Condition = {
          "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = ["alias/demo/prod/orders", "alias/payments"] }
        }
      },
    ]
  })
}
