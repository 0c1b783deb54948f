# Made by Keywright from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "us_east_1_tenant" {
  type        = string
  description = "Value of tenant in the environment of replicas in us-east-1"
}
