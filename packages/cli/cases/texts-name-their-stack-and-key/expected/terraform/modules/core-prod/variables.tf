# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}
