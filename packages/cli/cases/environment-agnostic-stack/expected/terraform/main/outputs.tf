# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:13
output "arn" {
  value = aws_kms_key.orders.arn
}

# keywright.yaml:13
output "alias" {
  value = aws_kms_alias.orders.arn
}
