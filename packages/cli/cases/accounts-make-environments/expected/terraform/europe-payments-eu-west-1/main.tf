# Made by Keywright from keywright.yaml; do not edit by hand.

module "europe" {
  source = "../modules/europe"

  tag_env = "prod"
}
