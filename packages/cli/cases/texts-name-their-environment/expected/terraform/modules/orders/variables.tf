# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}

variable "orders_tags_purpose" {
  type        = string
  description = "orders: tags: purpose"
}
