# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "platform_dev" {
  backend = "s3"

  config = {
    bucket = "state-111122223333"
    key    = "platform-dev/terraform.tfstate"
    region = "eu-west-1"
  }
}

module "core" {
  source = "../modules/core"

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  environment                                   = "dev"
  orders_deletion_window_in_days                = 7
  orders_description                            = "Orders of dev: one"
  orders_loader_grantee_principal               = "one:"
  orders_policy_use_kms_via_service_2           = "one"
  orders_rotation_period_in_days                = 97
  orders_tag_text                               = "one"
  orders_us_east_1_deletion_window_in_days      = 7
  orders_us_east_1_description                  = "Orders of dev: one"
  orders_us_east_1_policy_use_kms_via_service_2 = "one"
  orders_us_east_1_tag_text                     = "one"
  platform_keys_root_arn                        = data.terraform_remote_state.platform_dev.outputs.keys_root_arn
  text                                          = "one"
}
