# Made by Keywright from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  environment                                                                         = "dev"
  reader_policy_statement1_condition_for_any_value_string_equals_kms_resource_aliases = "alias/config/dev"
  shared                                                                              = "arn:aws:kms:eu-west-1:444455556666:alias/config/dev"
  values_team_name                                                                    = "alias/sandbox"
}
