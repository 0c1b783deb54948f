# Made by Keywright from keywright.yaml; do not edit by hand.

output "name" {
  value = module.core.name
}

output "literal" {
  value = module.core.literal
}
