# Made by Keywright from keywright.yaml; do not edit by hand.

module "worker" {
  source = "../modules/worker"

  environment = "prod-us"
}
