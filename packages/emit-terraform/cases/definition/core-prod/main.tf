# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "platform_prod" {
  backend = "s3"

  config = {
    bucket = "state-444455556666"
    key    = "platform-prod/terraform.tfstate"
    region = "eu-west-1"
  }
}

module "core" {
  source = "../modules/core"

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  environment                                   = "prod"
  orders_deletion_window_in_days                = 30
  orders_description                            = "Orders of prod: two"
  orders_loader_grantee_principal               = "two:"
  orders_policy_use_kms_via_service_2           = "two"
  orders_rotation_period_in_days                = 120
  orders_tag_text                               = "two"
  orders_us_east_1_deletion_window_in_days      = 30
  orders_us_east_1_description                  = "Orders of prod: two"
  orders_us_east_1_policy_use_kms_via_service_2 = "two"
  orders_us_east_1_tag_text                     = "two"
  platform_keys_root_arn                        = data.terraform_remote_state.platform_prod.outputs.keys_root_arn
  text                                          = "two"
}
