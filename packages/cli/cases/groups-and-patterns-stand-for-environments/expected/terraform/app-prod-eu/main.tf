# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "shared" {
  backend = "local"

  config = {
    path = "../shared/terraform.tfstate"
  }
}

module "app" {
  source = "../modules/app-prod-eu"

  environment          = "prod-eu"
  shared_keys_root_arn = data.terraform_remote_state.shared.outputs.keys_root_arn
  tag_env              = "prod"
}
