# Made by Keywright from keywright.yaml; do not edit by hand.

output "short" {
  value = module.core.short
}

output "orders_key" {
  description = "The key of \"orders\": %%{all} of them"
  value       = module.core.orders_key
}

output "alias" {
  value = module.core.alias
}

output "described" {
  description = "Where it is"
  value       = module.core.described
}
