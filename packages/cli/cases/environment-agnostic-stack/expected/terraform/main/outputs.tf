# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.arn in keywright.yaml
output "arn" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}

# stacks.main.outputs.alias in keywright.yaml
output "alias" {
  description = "ARN of an alias of the key orders"
  value       = aws_kms_alias.orders.arn
}
