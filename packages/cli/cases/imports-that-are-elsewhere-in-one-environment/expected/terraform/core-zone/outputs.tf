# Made by Keywright from keywright.yaml; do not edit by hand.

output "keys_audit_arn" {
  description = "ARN of the key audit"
  value       = module.core.keys_audit_arn
}

output "keys_orders_arn" {
  description = "ARN of the key orders"
  value       = module.core.keys_orders_arn
}
