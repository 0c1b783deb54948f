# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "network" {
  type        = string
  description = "Value of network in the environment"
}

variable "trail" {
  type        = string
  description = "Value of trail in the environment"
}
