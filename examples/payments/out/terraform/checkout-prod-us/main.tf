# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

module "checkout" {
  source = "../modules/checkout"

  environment = "prod-us"
  shared_arn  = "arn:aws:kms:us-east-1:111122223333:key/33333333-aaaa-4bbb-8ccc-444444444444"
}
