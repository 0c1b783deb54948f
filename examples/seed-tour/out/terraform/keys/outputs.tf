# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.keys.keys.granted.arn in keywright.yaml; other stacks use it
output "keys_granted_arn" {
  description = "ARN of the key granted"
  value       = aws_kms_key.granted.arn
}
