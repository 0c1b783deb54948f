# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

# No replica is here now. Terraform needs this to destroy one that has left the stack.
provider "aws" {
  alias               = "us_east_1"
  region              = "us-east-1"
  allowed_account_ids = ["111122223333"]
}
