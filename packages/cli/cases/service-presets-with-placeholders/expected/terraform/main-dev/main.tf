# Made by Keywright from keywright.yaml; do not edit by hand.

module "main" {
  source = "../modules/main-dev"

  environment = "dev"
  group       = "batch"
  logs        = "us-west-2"
  network     = "888899990000"
  trail       = "dev"
}
