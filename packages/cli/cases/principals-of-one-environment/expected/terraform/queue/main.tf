# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.queue.keys.queue in keywright.yaml
resource "aws_kms_key" "queue" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.queue.keys.queue.kmsGrants.worker in keywright.yaml
resource "aws_kms_grant" "queue_worker" {
  name               = "worker"
  key_id             = aws_kms_key.queue.key_id
  grantee_principal  = "arn:aws:iam::111122223333:role/demo-app-eu-auto"
  retiring_principal = "arn:aws:iam::111122223333:role/demo-app-us-auto"
  operations         = ["Decrypt"]
}
