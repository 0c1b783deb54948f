# Made by Keywright from keywright.yaml; do not edit by hand.

output "alias" {
  description = "Name of an alias of the key orders"
  value       = module.core.alias
}

output "aliasArn" {
  description = "ARN of an alias of the key orders"
  value       = module.core.aliasArn
}

output "shared" {
  description = "Output shared of demo"
  value       = module.core.shared
}
