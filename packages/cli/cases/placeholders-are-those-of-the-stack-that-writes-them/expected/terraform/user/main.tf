# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.user, for admin, in keywright.yaml
resource "aws_iam_role_policy" "admin" {
  name = "keywright-cases-user"
  role = "Admin"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = "arn:aws:kms:eu-west-1:111122223333:key/*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = "444455556666"
            "kms:ViaService"    = "s3.eu-west-1.amazonaws.com"
          }
          "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/orders" }
        }
      },
    ]
  })
}
