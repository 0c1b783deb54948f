# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "core_prod" {
  backend = "local"

  config = {
    path = "../core-prod/terraform.tfstate"
  }
}

data "terraform_remote_state" "core_zone" {
  backend = "local"

  config = {
    path = "../core-zone/terraform.tfstate"
  }
}

module "app" {
  source = "../modules/app-prod"

  core_keys_audit_arn  = data.terraform_remote_state.core_prod.outputs.keys_audit_arn
  core_keys_orders_arn = data.terraform_remote_state.core_zone.outputs.keys_orders_arn
  environment          = "prod"
}
