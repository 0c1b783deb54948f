# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

output "cardsKeyArn" {
  description = "ARN of the key cards"
  value       = module.checkout.cardsKeyArn
}

output "sessionsKey" {
  description = "Output sessionsKey of payments"
  value       = module.checkout.sessionsKey
}
