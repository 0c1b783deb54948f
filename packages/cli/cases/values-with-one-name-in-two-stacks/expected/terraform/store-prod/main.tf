# Made by Keywright from keywright.yaml; do not edit by hand.

module "store" {
  source = "../modules/store"

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
}
