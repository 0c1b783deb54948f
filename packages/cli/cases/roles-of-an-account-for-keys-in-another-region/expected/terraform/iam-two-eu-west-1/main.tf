# Made by Keywright from keywright.yaml; do not edit by hand.

module "iam" {
  source = "../modules/iam"

  api_policy_statement_1_resource = "arn:aws:kms:us-east-1:444455556666:key/*"
  environment                     = "two-eu-west-1"
}
