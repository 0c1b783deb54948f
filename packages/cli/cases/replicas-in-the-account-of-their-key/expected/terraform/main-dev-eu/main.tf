# Made by Keywright from keywright.yaml; do not edit by hand.

module "main" {
  source = "../modules/main-dev-eu"

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }
}
