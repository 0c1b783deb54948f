# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "shared" {
  type        = string
  description = "Value of shared in the environment"
}

variable "team" {
  type        = string
  description = "Value of team in the environment"
}
