# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.outputs.name in keywright.yaml
output "name" {
  description = "Output name of demo"
  value       = "demo-core-${var.environment}"
}

# stacks.core.outputs.literal in keywright.yaml
output "literal" {
  description = "Output literal of demo"
  value       = "$${key}"
}
