# Made by Keywright from keywright.yaml; do not edit by hand.

module "granted" {
  source = "../modules/granted"

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
}
