# Made by Keywright from keywright.yaml; do not edit by hand.

module "core" {
  source = "../modules/core"

  orders_description                                                           = "orders, platinum + more"
  orders_policy_statement2_principal_aws                                       = "arn:aws:sts::777766665555:assumed-role/Deploy/ci"
  orders_policy_statement2_resource                                            = "arn:aws:kms:*:777766665555:key/*"
  orders_policy_statement3_principal_aws1                                      = "arn:aws:iam::999988887777:role/security/SiemOfProduction"
  orders_policy_statement3_principal_aws2                                      = "arn:aws:iam::777766665555:root"
  orders_policy_statement4_condition_string_equals_kms_encryption_context_tier = "a \"word\" of {IAM} \\n"
  orders_policy_statement4_principal_aws                                       = "arn:aws:iam::777766665555:role/Reader"
  orders_policy_statement5_condition_arn_like_aws_principal_arn                = "arn:aws:iam::777766665555:role/*"
  orders_tags_tier                                                             = "platinum + more"
  tier                                                                         = "platinum + more of "
}
