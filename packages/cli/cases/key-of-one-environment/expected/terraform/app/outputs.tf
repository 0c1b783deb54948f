# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.app.outputs.there in keywright.yaml
output "there" {
  description = "Output there of demo"
  value       = data.terraform_remote_state.platform_eu.outputs.keys_root_arn
}
