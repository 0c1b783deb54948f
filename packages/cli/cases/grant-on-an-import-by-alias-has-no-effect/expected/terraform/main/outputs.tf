# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.name in keywright.yaml
output "name" {
  description = "Output name of demo"
  value       = "alias/aws/s3"
}
