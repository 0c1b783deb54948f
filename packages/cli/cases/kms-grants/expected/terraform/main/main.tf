# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.principals.worker in keywright.yaml
resource "aws_iam_role" "worker" {
  name_prefix = "demo-main-worker-"

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

# stacks.main.keys.orders in keywright.yaml
resource "aws_kms_key" "orders" {
  enable_key_rotation = false
  multi_region        = false

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}

# stacks.main.keys.orders.kmsGrants.workers in keywright.yaml
resource "aws_kms_grant" "orders_workers" {
  name              = "workers"
  key_id            = aws_kms_key.orders.key_id
  grantee_principal = aws_iam_role.worker.arn
  operations        = ["Decrypt", "GenerateDataKey"]

  constraints {
    encryption_context_equals = {
      tenant = "a"
    }
  }
}

# stacks.main.keys.orders.kmsGrants.build in keywright.yaml
resource "aws_kms_grant" "orders_build" {
  name               = "build"
  key_id             = aws_kms_key.orders.key_id
  grantee_principal  = "arn:aws:iam::111122223333:user/ci"
  retiring_principal = aws_iam_role.worker.arn
  operations         = ["DescribeKey"]

  constraints {
    encryption_context_subset = {
      stage = "test"
    }
  }
}
