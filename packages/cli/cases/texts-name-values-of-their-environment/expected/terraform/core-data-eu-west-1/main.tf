# Made by Keywright from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  company = "o-a1b2c3d4e5"
  partner = "888877776666"
  quoted  = "!Ref 'this'"
  siem    = "arn:aws:iam::999988887777:role/Siem"
  tier    = "gold"
  unit    = "o-a1b2c3d4e5/*/ou-ab12-11111111"
}
