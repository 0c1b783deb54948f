# Made by Keywright from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  environment = "test"
}
