# Made by Keywright from keywright.yaml; do not edit by hand.

output "tier" {
  value = module.core.tier
}
