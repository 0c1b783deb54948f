# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "app_dev" {
  backend = "local"

  config = {
    path = "../app-dev/terraform.tfstate"
  }
}

module "core" {
  source = "../modules/core"

  app_principals_api_arn = data.terraform_remote_state.app_dev.outputs.principals_api_arn
}
