# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.keys.orders.arn in keywright.yaml; other stacks use it
output "keys_orders_arn" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}
