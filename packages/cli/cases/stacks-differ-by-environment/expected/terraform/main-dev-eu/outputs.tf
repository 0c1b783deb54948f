# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:18
output "ordersKey" {
  value = aws_kms_key.orders.arn
}
