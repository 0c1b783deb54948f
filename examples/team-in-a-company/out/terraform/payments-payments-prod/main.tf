# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "payments" {
  source = "../modules/payments"

  cards_deletion_window_in_days = 30
  cards_tag_data                = "confidential"
  environment                   = "payments-prod"
  purpose                       = "production"
}
