# Made by Keywright from keywright.yaml; do not edit by hand.

output "ordersKey" {
  description = "Output ordersKey of demo"
  value       = module.main.ordersKey
}

output "logsKey" {
  description = "ARN of the key logs"
  value       = module.main.logsKey
}

output "auditKey" {
  description = "ARN of the key audit"
  value       = module.main.auditKey
}
