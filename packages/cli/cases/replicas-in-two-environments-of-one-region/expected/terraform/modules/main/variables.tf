# Made by Keywright from keywright.yaml; do not edit by hand.

variable "orders_key" {
  type        = string
  description = "Value of orders_key in the environment"
}

variable "orders_key_value" {
  type        = string
  description = "Value of orders_key_value in the environment"
}
