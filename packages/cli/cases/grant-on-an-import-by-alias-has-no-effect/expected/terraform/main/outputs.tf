# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.name in keywright.yaml
output "name" {
  value = "alias/aws/s3"
}
