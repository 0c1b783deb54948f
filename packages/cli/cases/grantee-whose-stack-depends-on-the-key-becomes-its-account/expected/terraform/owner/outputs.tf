# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.owner.keys.invoices.arn in keywright.yaml; other stacks use it
output "keys_invoices_arn" {
  description = "ARN of the key invoices"
  value       = aws_kms_key.invoices.arn
}

# stacks.owner.keys.orders.arn in keywright.yaml; other stacks use it
output "keys_orders_arn" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}
