# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  key_admins_name = "keywright-landing-zone-core-network-a3f3610a"
}
