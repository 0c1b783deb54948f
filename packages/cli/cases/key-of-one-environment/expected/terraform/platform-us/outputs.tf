# Made by Keywright from keywright.yaml; do not edit by hand.

output "keys_root_arn" {
  description = "ARN of the key root"
  value       = module.platform.keys_root_arn
}
