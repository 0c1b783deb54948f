# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}

variable "shared" {
  type        = string
  description = "Value shared of the environment"
}

variable "team" {
  type        = string
  description = "Value team of the environment"
}
