# Made by Keywright from keywright.yaml; do not edit by hand.

output "short" {
  description = "ID of the key orders"
  value       = module.core.short
}

output "orders_key" {
  description = "The key of \"orders\": %%{all} of them"
  value       = module.core.orders_key
}

output "alias" {
  description = "Name of an alias of the key orders"
  value       = module.core.alias
}

output "described" {
  description = "Where it is"
  value       = module.core.described
}
