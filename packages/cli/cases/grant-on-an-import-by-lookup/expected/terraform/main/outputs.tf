# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:17
output "arn" {
  value = "arn:aws:kms:eu-west-1:111122223333:key/0123abcd-12ab-34cd-56ef-1234567890ab"
}

# keywright.yaml:18
output "alias" {
  value = "arn:aws:kms:eu-west-1:111122223333:alias/shared"
}
