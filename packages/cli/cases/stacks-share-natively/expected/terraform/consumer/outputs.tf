# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.consumer.outputs.id in keywright.yaml
output "id" {
  value = data.terraform_remote_state.owner.outputs.keys_orders_id
}

# stacks.consumer.outputs.alias in keywright.yaml
output "alias" {
  value = "alias/orders"
}
