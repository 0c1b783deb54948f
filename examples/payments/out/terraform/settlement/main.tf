# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "platform" {
  backend = "local"

  config = {
    path = "../platform/terraform.tfstate"
  }
}

# stacks.settlement.principals.settlementJob in teams/checkout.yaml
resource "aws_iam_role" "settlement_job" {
  name_prefix = "payments-settlement-settlementJob-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "batch.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}

# stacks.settlement.principals.settlementJob in teams/checkout.yaml
resource "aws_iam_role_policy" "settlement_job" {
  name = "keywright-payments-settlement"
  role = aws_iam_role.settlement_job.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = data.terraform_remote_state.platform.outputs.keys_root_arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = "arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      },
    ]
  })
}
