# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.platform.outputs.rootKeyArn in keywright.yaml
output "rootKeyArn" {
  value = aws_kms_key.root.arn
}

# stacks.platform.outputs.ordersKey in keywright.yaml
output "ordersKey" {
  value = aws_kms_alias.orders.name
}

# stacks.platform.keys.root.arn in keywright.yaml; other stacks use it
output "keys_root_arn" {
  value = aws_kms_key.root.arn
}
