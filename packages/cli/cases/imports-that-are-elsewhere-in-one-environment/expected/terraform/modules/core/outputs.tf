# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.keys.audit.arn in keywright.yaml; other stacks use it
output "keys_audit_arn" {
  description = "ARN of the key audit"
  value       = aws_kms_key.audit.arn
}

# stacks.core.keys.orders.arn in keywright.yaml; other stacks use it
output "keys_orders_arn" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}
