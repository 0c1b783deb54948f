# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:19; other stacks use it
output "keys_orders_arn" {
  value = aws_kms_key.orders.arn
}
