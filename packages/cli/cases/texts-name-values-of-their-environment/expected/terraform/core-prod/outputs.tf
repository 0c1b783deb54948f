# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.outputs.tier in keywright.yaml
output "tier" {
  value = "platinum + more of ${aws_kms_key.orders.key_id}, $${values.tier}"
}
