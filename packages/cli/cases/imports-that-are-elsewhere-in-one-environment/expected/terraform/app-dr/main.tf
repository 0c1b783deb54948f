# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "core_dr" {
  backend = "local"

  config = {
    path = "../core-dr/terraform.tfstate"
  }
}

module "app" {
  source = "../modules/app"

  core_keys_audit_arn  = data.terraform_remote_state.core_dr.outputs.keys_audit_arn
  core_keys_orders_arn = data.terraform_remote_state.core_dr.outputs.keys_orders_arn
  environment          = "dr"
}
