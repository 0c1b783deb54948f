# Made by Keywright from keywright.yaml; do not edit by hand.

output "tier" {
  description = "Output tier of demo"
  value       = module.core.tier
}
