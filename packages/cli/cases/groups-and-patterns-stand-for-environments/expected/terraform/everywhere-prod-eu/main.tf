# Made by Keywright from keywright.yaml; do not edit by hand.

module "everywhere" {
  source = "../modules/everywhere-prod-eu"

  tag_env = "prod"
}
