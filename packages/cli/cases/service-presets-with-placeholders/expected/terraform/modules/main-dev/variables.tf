# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "group" {
  type        = string
  description = "Value of group in the environment"
}

variable "logs" {
  type        = string
  description = "Value of logs in the environment"
}

variable "network" {
  type        = string
  description = "Value of network in the environment"
}

variable "trail" {
  type        = string
  description = "Value of trail in the environment"
}
