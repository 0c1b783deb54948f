# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:12; other stacks use it
output "principals_api_arn" {
  value = aws_iam_role.api.arn
}
