# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "checkout" {
  source = "../modules/checkout"

  checkout_api_policy_statement3_resource = "arn:aws:kms:eu-west-1:111122223333:key/11111111-aaaa-4bbb-8ccc-222222222222"
  environment                             = "prod-eu"
}
