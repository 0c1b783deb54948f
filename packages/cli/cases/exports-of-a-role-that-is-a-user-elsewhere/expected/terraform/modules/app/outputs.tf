# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.app.principals.api.arn in keywright.yaml; other stacks use it
output "principals_api_arn" {
  description = "ARN of the role api"
  value       = aws_iam_role.api.arn
}
