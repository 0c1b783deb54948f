# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.outputs.name in keywright.yaml
output "name" {
  value = "demo-core-prod"
}

# stacks.core.outputs.literal in keywright.yaml
output "literal" {
  value = "$${key}"
}
