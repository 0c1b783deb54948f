# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}
