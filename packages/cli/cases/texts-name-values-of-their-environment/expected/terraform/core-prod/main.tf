# Made by Keywright from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  partner = "777766665555"
  quoted  = "a \"word\" of {IAM} \\n"
  siem    = "arn:aws:iam::999988887777:role/security/SiemOfProduction"
  tier    = "platinum + more"
}
