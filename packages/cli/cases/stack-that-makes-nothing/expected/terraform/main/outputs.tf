# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.name in keywright.yaml
output "name" {
  description = "Output name of stack main"
  value       = "alias/aws/s3"
}
