# Made by Keywright from keywright.yaml; do not edit by hand.

output "keys_root_arn" {
  value = module.platform.keys_root_arn
}
