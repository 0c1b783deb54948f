# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:10
output "name" {
  value = "alias/orders"
}
