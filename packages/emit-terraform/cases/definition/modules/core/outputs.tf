# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.core.outputs.ordersArn in keywright.yaml
output "ordersArn" {
  description = "ARN of the key orders"
  value       = aws_kms_key.orders.arn
}

# stacks.core.outputs.text in keywright.yaml
output "text" {
  description = "Output text of payments"
  value       = "${var.text}${aws_kms_key.orders.key_id}"
}
