# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.app.principals.api in keywright.yaml
resource "aws_iam_user" "api" {
  name = "demo-app-${var.environment}-api"

  lifecycle {
    ignore_changes = [path]
  }
}
