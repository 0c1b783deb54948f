# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

output "cardsKeyArn" {
  value = module.payments.cardsKeyArn
}
