# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]

  assume_role {
    role_arn = "arn:aws:iam::444455556666:role/Deploy"
  }

  default_tags {
    tags = {
      env = "prod"
    }
  }
}

provider "aws" {
  alias               = "us_east_1"
  region              = "us-east-1"
  allowed_account_ids = ["444455556666"]

  assume_role {
    role_arn = "arn:aws:iam::444455556666:role/Deploy"
  }

  default_tags {
    tags = {
      env = "prod"
    }
  }
}
