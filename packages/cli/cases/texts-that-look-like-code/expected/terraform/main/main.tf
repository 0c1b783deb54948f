# Made by Keywright from keywright.yaml; do not edit by hand.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# stacks.main.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
  description         = "Orders of ${data.aws_region.current.region}: \"quoted\", `ticked`, $${not.a.placeholder}, %%{if true}, back\\slash, */ and {{braces}}"
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/Clerk" }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = {
          StringLike = {
            "kms:EncryptionContext:path" = "${data.aws_caller_identity.current.account_id}/$${aws:username}/`%%{x}`"
          }
        }
      },
    ]
  })

  tags = {
    boolean = "yes"
    date    = "2026-11-24"
    number  = "0123"
    quoted  = "say yes"
  }

  lifecycle {
    prevent_destroy = true
  }
}
