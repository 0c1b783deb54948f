# Made by Keywright from keywright.yaml; do not edit by hand.

module "main" {
  source = "../modules/main"

  environment = "prod"
  trail       = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/all"
}
