# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:18
output "there" {
  value = data.terraform_remote_state.platform_eu.outputs.keys_root_arn
}
