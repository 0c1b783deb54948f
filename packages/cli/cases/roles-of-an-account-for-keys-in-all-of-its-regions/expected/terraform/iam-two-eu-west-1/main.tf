# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "regional_two_eu_west_1" {
  backend = "local"

  config = {
    path = "../regional-two-eu-west-1/terraform.tfstate"
  }
}

module "iam" {
  source = "../modules/iam"

  api_policy_statement_2_resource = "arn:aws:kms:us-east-1:444455556666:key/*"
  environment                     = "two-eu-west-1"
  regional_keys_orders_arn        = data.terraform_remote_state.regional_two_eu_west_1.outputs.keys_orders_arn
}
