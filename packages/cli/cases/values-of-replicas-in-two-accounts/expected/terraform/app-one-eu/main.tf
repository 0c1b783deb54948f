# Made by Keywright from keywright.yaml; do not edit by hand.

module "app" {
  source = "../modules/app-one-eu"

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  environment      = "one-eu"
  us_east_1_tenant = "alpha"
}
