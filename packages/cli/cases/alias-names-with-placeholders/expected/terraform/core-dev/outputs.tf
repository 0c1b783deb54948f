# Made by Keywright from keywright.yaml; do not edit by hand.

output "alias" {
  value = module.core.alias
}

output "aliasArn" {
  value = module.core.aliasArn
}

output "shared" {
  value = module.core.shared
}
