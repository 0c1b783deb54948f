# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.arn in keywright.yaml
output "arn" {
  description = "Output arn of demo"
  value       = "arn:aws:kms:eu-west-1:111122223333:key/0123abcd-12ab-34cd-56ef-1234567890ab"
}

# stacks.main.outputs.alias in keywright.yaml
output "alias" {
  description = "Output alias of demo"
  value       = "arn:aws:kms:eu-west-1:111122223333:alias/shared"
}
