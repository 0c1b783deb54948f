# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:11
output "id" {
  value = data.terraform_remote_state.owner.outputs.keys_orders_id
}

# keywright.yaml:11
output "alias" {
  value = "alias/orders"
}
