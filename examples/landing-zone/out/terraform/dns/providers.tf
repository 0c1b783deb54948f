# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["210000000003"]
}

# No replica is here now. Terraform needs this to destroy one that has left the stack.
provider "aws" {
  alias               = "eu_central_1"
  region              = "eu-central-1"
  allowed_account_ids = ["210000000003"]
}
