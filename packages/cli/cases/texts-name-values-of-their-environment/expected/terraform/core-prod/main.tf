# Made by Keywright from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  company = "o-z9y8x7w6v5"
  partner = "777766665555"
  quoted  = "a \"word\" of {IAM} \\n"
  siem    = "arn:aws:iam::999988887777:role/security/SiemOfProduction"
  tier    = "platinum + more"
  unit    = "o-z9y8x7w6v5/r-ab12/ou-ab12-22222222"
}
