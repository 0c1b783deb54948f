# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:10; other stacks use it
output "keys_orders_arn" {
  value = aws_kms_key.orders.arn
}

# keywright.yaml:11; other stacks use it
output "keys_orders_id" {
  value = aws_kms_key.orders.key_id
}
