# Made by Keywright from keywright.yaml; do not edit by hand.

module "orders" {
  source = "../modules/orders"

  environment        = "dev"
  team               = "blue"
  values_reader_role = "Reader"
}
