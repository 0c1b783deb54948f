# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# keywright.yaml:60
output "ordersKeyArn" {
  value = aws_kms_key.orders.arn
}

# keywright.yaml:61
output "trailKey" {
  value = "alias/aws/s3"
}

# keywright.yaml:70; other stacks use it
output "keys_orders_arn" {
  value = aws_kms_key.orders.arn
}
