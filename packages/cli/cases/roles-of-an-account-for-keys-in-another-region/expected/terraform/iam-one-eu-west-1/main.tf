# Made by Keywright from keywright.yaml; do not edit by hand.

module "iam" {
  source = "../modules/iam"

  api_policy_statement_1_resource = "arn:aws:kms:us-east-1:111122223333:key/*"
  environment                     = "one-eu-west-1"
}
