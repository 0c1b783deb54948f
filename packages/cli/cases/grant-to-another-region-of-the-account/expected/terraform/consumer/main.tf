# Made by Keywright from keywright.yaml; do not edit by hand.

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
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:aws:kms:eu-west-1:111122223333:key/*"
        Condition = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/orders" } }
      },
    ]
  })
}
