# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

# teams/checkout.yaml:31
output "cardsKeyArn" {
  value = aws_kms_key.cards.arn
}

# teams/checkout.yaml:32
output "sessionsKey" {
  value = "alias/aws/elasticache"
}
