# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "shared_arn" {
  type        = string
  description = "ARN of the imported key shared"
}
