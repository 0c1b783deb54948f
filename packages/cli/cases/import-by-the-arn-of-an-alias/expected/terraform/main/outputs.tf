# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.partner in keywright.yaml
output "partner" {
  description = "Output partner of demo"
  value       = "arn:aws:kms:eu-central-1:444455556666:alias/exchange"
}
