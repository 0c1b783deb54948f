# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["220000000102"]
}

provider "aws" {
  alias               = "us_east_1"
  region              = "us-east-1"
  allowed_account_ids = ["220000000102"]
}
