# Made by Keywright from keywright.yaml; do not edit by hand.

module "store" {
  source = "../modules/store-dev"

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  us_east_1_environment = "dev-us"
}
