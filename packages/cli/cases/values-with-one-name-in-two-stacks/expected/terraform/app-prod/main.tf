# Made by Keywright from keywright.yaml; do not edit by hand.

module "app" {
  source = "../modules/app"

  api_policy_statement_1_resource = "arn:aws:kms:eu-west-1:444455556666:key/40234567-12ab-34cd-56ef-1234567890ab"
  api_policy_statement_2_resource = "arn:aws:kms:eu-west-1:444455556666:key/49234567-12ab-34cd-56ef-1234567890ab"
  environment                     = "prod"
}
