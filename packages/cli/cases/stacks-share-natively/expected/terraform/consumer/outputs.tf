# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.consumer.outputs.id in keywright.yaml
output "id" {
  description = "Output id of demo"
  value       = data.terraform_remote_state.owner.outputs.keys_orders_id
}

# stacks.consumer.outputs.alias in keywright.yaml
output "alias" {
  description = "Output alias of demo"
  value       = "alias/orders"
}
