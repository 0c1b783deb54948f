# Made by Keywright from keywright.yaml; do not edit by hand.

module "logs" {
  source = "../modules/logs"

  tag_env = "prod"
}
