# Made by Keywright from keywright.yaml; do not edit by hand.

module "main" {
  source = "../modules/main"

  environment                                                                              = "prod"
  orders_policy_statement3_condition_string_like_kms_encryption_context_aws_cloudtrail_arn = "111122223333"
  trail                                                                                    = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/all"
}
