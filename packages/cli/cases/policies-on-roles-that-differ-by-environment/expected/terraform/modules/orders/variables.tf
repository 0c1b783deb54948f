# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}

variable "team" {
  type        = string
  description = "Value team of the environment"
}

variable "values_reader_role" {
  type        = string
  description = "values-reader: role"
}
