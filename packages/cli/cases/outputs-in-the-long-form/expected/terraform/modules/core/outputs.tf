# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.outputs.short in keywright.yaml
output "short" {
  description = "ID of the key orders"
  value       = aws_kms_key.orders.key_id
}

# stacks.core.outputs.orders_key in keywright.yaml
output "orders_key" {
  description = "The key of \"orders\": %%{all} of them"
  value       = aws_kms_key.orders.arn
}

# stacks.core.outputs.alias in keywright.yaml
output "alias" {
  description = "Name of an alias of the key orders"
  value       = aws_kms_alias.orders.name
}

# stacks.core.outputs.described in keywright.yaml
output "described" {
  description = "Where it is"
  value       = var.environment
}
