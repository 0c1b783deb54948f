# Made by Keywright from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  partner = "888877776666"
  quoted  = "!Ref 'this'"
  siem    = "arn:aws:iam::999988887777:role/Siem"
  tier    = "gold"
}
