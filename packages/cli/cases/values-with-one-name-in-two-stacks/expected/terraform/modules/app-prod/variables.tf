# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "store_keys_store_id" {
  type        = string
  description = "ID of the key store in stack store"
}
