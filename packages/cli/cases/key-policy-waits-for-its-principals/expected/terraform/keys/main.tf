# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "apps" {
  backend = "local"

  config = {
    path = "../apps/terraform.tfstate"
  }
}

# stacks.keys.keys.orders in keywright.yaml
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
      {
        Effect    = "Allow"
        Principal = { AWS = data.terraform_remote_state.apps.outputs.principals_api_arn }
        Action    = "kms:DescribeKey"
        Resource  = "*"
      },
    ]
  })

  lifecycle {
    prevent_destroy = true
  }
}
