# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_partition" "current" {}

# stacks.anywhere.principals.pods in keywright.yaml
resource "aws_iam_role" "pods" {
  name_prefix = "demo-anywhere-pods-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "pods.eks.${data.aws_partition.current.dns_suffix}" }
        Action    = ["sts:AssumeRole", "sts:TagSession"]
      },
    ]
  })

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}
