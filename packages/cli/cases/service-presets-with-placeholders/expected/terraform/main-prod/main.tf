# Made by Keywright from keywright.yaml; do not edit by hand.

module "main" {
  source = "../modules/main"

  environment                                  = "prod"
  group                                        = "web"
  logs                                         = "eu-central-1"
  network                                      = "777788889999"
  orders_policy_statement_3_aws_cloudtrail_arn = "111122223333"
  trail                                        = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/all"
}
