# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.prod, for admin, in keywright.yaml
resource "aws_iam_role_policy" "admin" {
  name = "keywright-cases-prod"
  role = "Admin"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        Condition = { StringEquals = { "kms:ViaService" = "s3.us-east-1.amazonaws.com" } }
      },
    ]
  })
}
