# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "team" {
  type        = string
  description = "Value of team in the environment"
}

variable "values_reader_role" {
  type        = string
  description = "role of values-reader"
}
