# Made by Keywright from keywright.yaml; do not edit by hand.

module "app" {
  source = "../modules/app"

  api_policy_statement_1_resource = "arn:aws:kms:eu-west-1:111122223333:key/10234567-12ab-34cd-56ef-1234567890ab"
  api_policy_statement_2_resource = "arn:aws:kms:eu-west-1:111122223333:key/19234567-12ab-34cd-56ef-1234567890ab"
  environment                     = "dev"
}
