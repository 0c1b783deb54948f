# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "core_eu" {
  backend = "local"

  config = {
    path = "../core-eu/terraform.tfstate"
  }
}

data "terraform_remote_state" "core_us" {
  backend = "local"

  config = {
    path = "../core-us/terraform.tfstate"
  }
}

module "app" {
  source = "../modules/app"

  core_keys_orders_arn   = data.terraform_remote_state.core_eu.outputs.keys_orders_arn
  core_keys_orders_arn_2 = data.terraform_remote_state.core_us.outputs.keys_orders_arn
  environment            = "eu"
}
