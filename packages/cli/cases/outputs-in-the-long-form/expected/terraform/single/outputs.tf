# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.single.outputs.key in keywright.yaml
output "key" {
  description = "The key of logs"
  value       = aws_kms_key.logs.arn
}
