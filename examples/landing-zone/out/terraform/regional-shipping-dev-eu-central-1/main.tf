# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "regional" {
  source = "../modules/regional-development"

  environment = "shipping-dev-eu-central-1"
  purpose     = "development"
}
