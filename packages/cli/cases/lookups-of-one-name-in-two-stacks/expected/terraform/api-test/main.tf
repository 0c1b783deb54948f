# Made by Keywright from keywright.yaml; do not edit by hand.

module "api" {
  source = "../modules/api"

  environment                        = "test"
  reader_policy_statement_2_resource = "arn:aws:kms:eu-west-1:444455556666:key/22222222-cccc-4bbb-8ccc-444444444444"
  shared_arn                         = "arn:aws:kms:eu-west-1:444455556666:key/22222222-dddd-4bbb-8ccc-444444444444"
}
