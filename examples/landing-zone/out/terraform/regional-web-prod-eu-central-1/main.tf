# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "regional" {
  source = "../modules/regional"

  environment = "web-prod-eu-central-1"
  purpose     = "production"
}
