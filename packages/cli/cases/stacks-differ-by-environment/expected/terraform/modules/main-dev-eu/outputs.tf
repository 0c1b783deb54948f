# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.ordersKey in keywright.yaml
output "ordersKey" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}
