# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.warehouse-us.principals.loader in teams/warehouse.yaml
resource "aws_iam_role" "loader" {
  name_prefix = "payments-warehouse-us-loader-"

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
    ignore_changes = [name_prefix, path]
  }
}

# stacks.warehouse-us.principals.loader in teams/warehouse.yaml
resource "aws_iam_role_policy" "loader" {
  name = "keywright-payments-warehouse-us"
  role = aws_iam_role.loader.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "arn:aws:kms:us-east-1:444455556666:key/mrk-55555555555545558555666666666666"
      },
    ]
  })
}
