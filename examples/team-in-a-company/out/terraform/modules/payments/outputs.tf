# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.payments.outputs.cardsKeyArn in teams/payments.yaml
output "cardsKeyArn" {
  description = "ARN of the key cards"
  value       = aws_kms_key.cards.arn
}
