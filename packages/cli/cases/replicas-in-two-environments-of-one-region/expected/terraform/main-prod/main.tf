# Made by Keywright from keywright.yaml; do not edit by hand.

module "main" {
  source = "../modules/main"

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  orders_key       = "alpha"
  orders_key_value = "beta"
}
