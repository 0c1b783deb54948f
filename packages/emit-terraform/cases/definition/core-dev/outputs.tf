# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

output "ordersArn" {
  value = module.core.ordersArn
}

output "text" {
  value = module.core.text
}
