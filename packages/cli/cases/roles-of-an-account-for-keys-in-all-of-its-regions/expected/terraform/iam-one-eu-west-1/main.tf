# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "regional_one_eu_west_1" {
  backend = "local"

  config = {
    path = "../regional-one-eu-west-1/terraform.tfstate"
  }
}

module "iam" {
  source = "../modules/iam"

  api_policy_statement_2_resource = "arn:aws:kms:us-east-1:111122223333:key/*"
  environment                     = "one-eu-west-1"
  regional_keys_orders_arn        = data.terraform_remote_state.regional_one_eu_west_1.outputs.keys_orders_arn
}
