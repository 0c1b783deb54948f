# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "teams" {
  source = "../modules/teams"

  key_admins_name = "keywright-landing-zone-teams-teamb-prod-07efab7b"
}
