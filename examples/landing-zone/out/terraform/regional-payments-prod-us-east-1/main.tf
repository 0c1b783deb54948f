# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "regional" {
  source = "../modules/regional"

  environment = "payments-prod-us-east-1"
  purpose     = "production"
}
