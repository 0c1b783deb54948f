# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# keywright.yaml:18
output "ordersKeyArn" {
  value = aws_kms_key.orders.arn
}
