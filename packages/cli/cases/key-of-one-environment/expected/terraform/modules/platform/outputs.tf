# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.platform.keys.root.arn in keywright.yaml; other stacks use it
output "keys_root_arn" {
  description = "ARN of the key root"
  value       = aws_kms_key.root.arn
}
