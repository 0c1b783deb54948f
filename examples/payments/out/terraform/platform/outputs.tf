# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.platform.outputs.rootKeyArn in keywright.yaml
output "rootKeyArn" {
  description = "ARN of the key root"
  value       = aws_kms_key.root.arn
}

# stacks.platform.outputs.ordersKey in keywright.yaml
output "ordersKey" {
  description = "Name of an alias of the key orders"
  value       = aws_kms_alias.orders.name
}

# stacks.platform.keys.root.arn in keywright.yaml; other stacks use it
output "keys_root_arn" {
  description = "ARN of the key root"
  value       = aws_kms_key.root.arn
}
