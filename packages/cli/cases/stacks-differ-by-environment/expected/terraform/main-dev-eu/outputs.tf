# Made by Keywright from keywright.yaml; do not edit by hand.

output "ordersKey" {
  description = "ARN of the key orders"
  value       = module.main.ordersKey
}
