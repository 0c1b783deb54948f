# Made by Keywright from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  orders_description                                                           = "orders, gold"
  orders_policy_statement2_principal_aws                                       = "arn:aws:sts::888877776666:assumed-role/Deploy/ci"
  orders_policy_statement2_resource                                            = "arn:aws:kms:*:888877776666:key/*"
  orders_policy_statement3_principal_aws1                                      = "arn:aws:iam::999988887777:role/Siem"
  orders_policy_statement3_principal_aws2                                      = "arn:aws:iam::888877776666:root"
  orders_policy_statement4_condition_string_equals_kms_encryption_context_tier = "!Ref 'this'"
  orders_policy_statement4_principal_aws                                       = "arn:aws:iam::888877776666:role/Reader"
  orders_policy_statement5_condition_arn_like_aws_principal_arn                = "arn:aws:iam::888877776666:role/*"
  orders_tags_tier                                                             = "gold"
  tier                                                                         = "gold of "
}
