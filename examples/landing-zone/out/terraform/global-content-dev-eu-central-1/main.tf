# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "global" {
  source = "../modules/global-development"

  environment = "content-dev-eu-central-1"
  purpose     = "development"
}
