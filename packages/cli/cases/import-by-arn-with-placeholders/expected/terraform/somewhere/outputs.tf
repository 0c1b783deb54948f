# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.somewhere.outputs.arn in keywright.yaml
output "arn" {
  description = "Output arn of cases"
  value       = "arn:${data.aws_partition.current.partition}:kms:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

# stacks.somewhere.outputs.id in keywright.yaml
output "id" {
  description = "Output id of cases"
  value       = "1234abcd-12ab-34cd-56ef-1234567890ab"
}
