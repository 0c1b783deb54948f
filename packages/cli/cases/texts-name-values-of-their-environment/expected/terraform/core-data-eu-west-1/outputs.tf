# Made by Keywright from keywright.yaml; do not edit by hand.

output "tier" {
  description = "Output tier of stack core"
  value       = module.core.tier
}
