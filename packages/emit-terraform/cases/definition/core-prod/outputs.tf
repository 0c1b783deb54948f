# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

output "ordersArn" {
  description = "ARN of the key orders"
  value       = module.core.ordersArn
}

output "text" {
  description = "Output text of payments"
  value       = module.core.text
}
