# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.beijing.keys.any in keywright.yaml, through standard functions
resource "aws_kms_key" "any" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws-cn:iam::444455556666:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.cn-north-1.amazonaws.com" }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = {
          ArnLike = { "aws:SourceArn" = "arn:aws-cn:lambda:cn-north-1:444455556666:event-source-mapping:*" }
        }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          StringLike = {
            "kms:EncryptionContext:aws:lambda:FunctionArn" = "arn:aws-cn:lambda:cn-north-1:444455556666:function:*"
          }
        }
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}
