# Made by Keywright from keywright.yaml; do not edit by hand.

module "app" {
  source = "../modules/app"

  environment = "dev"
}
