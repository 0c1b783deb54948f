# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.anywhere.outputs.central in keywright.yaml
output "central" {
  description = "Output central of demo"
  value       = "arn:${data.aws_partition.current.partition}:kms:${data.aws_region.current.region}:444455556666:alias/central"
}
