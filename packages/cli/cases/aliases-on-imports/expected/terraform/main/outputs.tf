# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:13
output "legacy" {
  value = aws_kms_alias.legacy.name
}

# keywright.yaml:14
output "id" {
  value = "1234abcd-12ab-34cd-56ef-1234567890ab"
}
