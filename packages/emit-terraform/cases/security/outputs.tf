# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.security.outputs.ordersKeyArn in keywright.yaml
output "ordersKeyArn" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}

# stacks.security.outputs.trailKey in keywright.yaml
output "trailKey" {
  description = "Output trailKey of payments"
  value       = "alias/aws/s3"
}

# stacks.security.keys.orders.arn in keywright.yaml; other stacks use it
output "keys_orders_arn" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}
