# Made by Keywright from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  environment                                                                         = "prod"
  reader_policy_statement1_condition_for_any_value_string_equals_kms_resource_aliases = "alias/config/production"
  shared                                                                              = "arn:aws:kms:eu-west-1:111122223333:alias/config/production"
  values_team_name                                                                    = "alias/payments"
}
