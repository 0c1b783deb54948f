# Made by Keywright from keywright.yaml; do not edit by hand.

output "name" {
  description = "Output name of demo"
  value       = module.core.name
}

output "literal" {
  description = "Output literal of demo"
  value       = module.core.literal
}
