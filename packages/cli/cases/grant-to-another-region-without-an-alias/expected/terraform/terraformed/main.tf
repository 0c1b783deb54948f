# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "owner" {
  backend = "local"

  config = {
    path = "../owner/terraform.tfstate"
  }
}

# stacks.terraformed.principals.reader in keywright.yaml
resource "aws_iam_role" "reader" {
  name_prefix = "demo-terraformed-reader-"

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

# stacks.terraformed.principals.auditors in keywright.yaml
resource "aws_iam_group" "auditors" {
  name = "demo-terraformed-auditors"

  lifecycle {
    ignore_changes = [path]
  }
}

# stacks.terraformed.principals.reader in keywright.yaml
resource "aws_iam_role_policy" "reader" {
  name = "keywright-demo-terraformed"
  role = aws_iam_role.reader.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.owner.outputs.keys_orders_arn
      },
    ]
  })
}

# stacks.terraformed.principals.auditors in keywright.yaml
resource "aws_iam_group_policy" "auditors" {
  name  = "keywright-demo-terraformed"
  group = aws_iam_group.auditors.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.owner.outputs.keys_orders_arn
      },
    ]
  })
}
