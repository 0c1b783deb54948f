# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "keys" {
  backend = "local"

  config = {
    path = "../keys/terraform.tfstate"
  }
}

# stacks.uses.principals.reader in keywright.yaml
resource "aws_iam_role" "reader" {
  name_prefix = "seed-tour-uses-reader-"

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

# stacks.uses.imports.byArn.aliases in keywright.yaml
resource "aws_kms_alias" "imported" {
  name          = "alias/imported"
  target_key_id = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012"
}

# stacks.uses.principals.reader in keywright.yaml
resource "aws_iam_role_policy" "reader" {
  name = "keywright-seed-tour-uses-fcf783b2"
  role = aws_iam_role.reader.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = data.terraform_remote_state.keys.outputs.keys_granted_arn
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012"
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666"
      },
    ]
  })
}
