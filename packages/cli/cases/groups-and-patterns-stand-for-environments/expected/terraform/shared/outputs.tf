# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:22; other stacks use it
output "keys_root_arn" {
  value = aws_kms_key.root.arn
}
