# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "owner" {
  backend = "local"

  config = {
    path = "../owner/terraform.tfstate"
  }
}

# stacks.consumer.principals.reader in keywright.yaml
resource "aws_iam_role" "reader" {
  name_prefix = "demo-consumer-reader-"

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

# stacks.consumer.principals.reader in keywright.yaml
resource "aws_iam_role_policy" "reader" {
  name = "keywright-demo-consumer"
  role = aws_iam_role.reader.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.owner.outputs.keys_invoices_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.owner.outputs.keys_orders_arn
      },
    ]
  })
}
