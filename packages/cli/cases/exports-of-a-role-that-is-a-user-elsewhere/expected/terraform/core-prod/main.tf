# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "app_prod" {
  backend = "local"

  config = {
    path = "../app-prod/terraform.tfstate"
  }
}

module "core" {
  source = "../modules/core"

  app_principals_api_arn = data.terraform_remote_state.app_prod.outputs.principals_api_arn
}
