# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.outputs.alias in keywright.yaml
output "alias" {
  description = "Name of an alias of the key orders"
  value       = aws_kms_alias.app_environment_orders.name
}

# stacks.core.outputs.aliasArn in keywright.yaml
output "aliasArn" {
  description = "ARN of an alias of the key orders"
  value       = aws_kms_alias.app_environment_orders.arn
}

# stacks.core.outputs.shared in keywright.yaml
output "shared" {
  description = "Output shared of demo"
  value       = "arn:${data.aws_partition.current.partition}:kms:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:alias/${var.shared}"
}
