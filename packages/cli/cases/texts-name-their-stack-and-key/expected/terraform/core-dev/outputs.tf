# Made by Keywright from keywright.yaml; do not edit by hand.

output "name" {
  description = "Output name of stack core"
  value       = module.core.name
}

output "literal" {
  description = "Output literal of stack core"
  value       = module.core.literal
}
