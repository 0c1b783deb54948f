# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.consumer.outputs.name in keywright.yaml
output "name" {
  description = "Output name of stack consumer"
  value       = "alias/orders"
}
