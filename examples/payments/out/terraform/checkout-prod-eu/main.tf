# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "checkout" {
  source = "../modules/checkout"

  environment = "prod-eu"
  shared_arn  = "arn:aws:kms:eu-west-1:111122223333:key/11111111-aaaa-4bbb-8ccc-222222222222"
}
