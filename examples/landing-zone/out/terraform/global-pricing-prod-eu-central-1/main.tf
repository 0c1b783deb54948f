# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "global" {
  source = "../modules/global-production"

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  environment           = "pricing-prod-eu-central-1"
  purpose               = "production"
  us_east_1_environment = "pricing-prod-us-east-1"
  us_east_1_purpose     = "production"
}
