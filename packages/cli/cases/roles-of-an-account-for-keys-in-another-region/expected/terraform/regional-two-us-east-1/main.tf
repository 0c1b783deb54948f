# Made by Keywright from keywright.yaml; do not edit by hand.

module "regional" {
  source = "../modules/regional"
}
