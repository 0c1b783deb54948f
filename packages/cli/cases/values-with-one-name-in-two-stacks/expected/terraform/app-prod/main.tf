# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "store_prod" {
  backend = "local"

  config = {
    path = "../store-prod/terraform.tfstate"
  }
}

module "app" {
  source = "../modules/app-prod"

  environment         = "prod"
  store_keys_store_id = data.terraform_remote_state.store_prod.outputs.keys_store_id
}
