# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.anywhere.outputs.key in keywright.yaml
output "key" {
  description = "ARN of the key free"
  value       = aws_kms_key.free.arn
}
