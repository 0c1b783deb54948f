# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}
