# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.looker.outputs.looked in keywright.yaml
output "looked" {
  description = "Output looked of demo"
  value       = "arn:aws:kms:eu-west-1:111122223333:key/0123abcd-12ab-34cd-56ef-1234567890ab"
}
