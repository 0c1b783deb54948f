# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.consumer.outputs.name in keywright.yaml
output "name" {
  description = "Output name of demo"
  value       = "alias/orders"
}
