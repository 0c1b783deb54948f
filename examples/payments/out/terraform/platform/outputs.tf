# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# keywright.yaml:72
output "rootKeyArn" {
  value = aws_kms_key.root.arn
}

# keywright.yaml:73
output "ordersKey" {
  value = aws_kms_alias.orders.name
}

# teams/checkout.yaml:39; other stacks use it
output "keys_root_arn" {
  value = aws_kms_key.root.arn
}
