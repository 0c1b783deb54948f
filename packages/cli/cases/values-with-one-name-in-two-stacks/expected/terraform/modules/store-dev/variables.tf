# Made by Keywright from keywright.yaml; do not edit by hand.

variable "us_east_1_environment" {
  type        = string
  description = "Name of the environment of replicas in us-east-1, as in keywright.yaml"
}
