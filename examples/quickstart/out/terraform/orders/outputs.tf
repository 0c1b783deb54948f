# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.orders.outputs.ordersKeyArn in keywright.yaml
output "ordersKeyArn" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}
