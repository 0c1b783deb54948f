# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# stacks.checkout.outputs.cardsKeyArn in teams/checkout.yaml
output "cardsKeyArn" {
  description = "ARN of the key cards"
  value       = aws_kms_key.cards.arn
}

# stacks.checkout.outputs.sessionsKey in teams/checkout.yaml
output "sessionsKey" {
  description = "Output sessionsKey of payments"
  value       = "alias/aws/elasticache"
}
