# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:22
output "partner" {
  value = "arn:aws:kms:eu-central-1:444455556666:alias/exchange"
}
