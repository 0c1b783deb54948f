# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.principals.pods in keywright.yaml
resource "aws_iam_role" "pods" {
  name_prefix = "demo-main-pods-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "pods.eks.amazonaws.com" }
        Action    = ["sts:AssumeRole", "sts:TagSession"]
      },
      {
        Effect    = "Allow"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}

# stacks.main.principals.servers in keywright.yaml
resource "aws_iam_role" "servers" {
  name_prefix = "demo-main-servers-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "rolesanywhere.amazonaws.com" }
        Action    = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
        Condition = {
          ArnEquals = { "aws:SourceArn" = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/a" }
        }
      },
    ]
  })

  lifecycle {
    ignore_changes = [name_prefix, path]
  }
}
