# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.uses.outputs.trailKey in keywright.yaml
output "trailKey" {
  description = "Output trailKey of seed-tour"
  value       = "alias/aws/s3"
}

# stacks.uses.outputs.lookedUpKey in keywright.yaml
output "lookedUpKey" {
  description = "Output lookedUpKey of seed-tour"
  value       = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666"
}
