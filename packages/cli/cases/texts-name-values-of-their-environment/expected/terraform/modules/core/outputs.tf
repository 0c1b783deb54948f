# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.outputs.tier in keywright.yaml
output "tier" {
  description = "Output tier of demo"
  value       = "${var.tier} of ${aws_kms_key.orders.key_id}, $${values.tier}"
}
