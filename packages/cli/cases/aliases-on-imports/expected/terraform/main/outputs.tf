# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.legacy in keywright.yaml
output "legacy" {
  description = "Name of an alias of the key byArn"
  value       = aws_kms_alias.legacy.name
}

# stacks.main.outputs.id in keywright.yaml
output "id" {
  description = "Output id of demo"
  value       = "1234abcd-12ab-34cd-56ef-1234567890ab"
}
