# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.owner.keys.orders.arn in keywright.yaml; other stacks use it
output "keys_orders_arn" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}

# stacks.owner.keys.orders.id in keywright.yaml; other stacks use it
output "keys_orders_id" {
  description = "ID of the key orders"
  value       = aws_kms_key.orders.key_id
}
