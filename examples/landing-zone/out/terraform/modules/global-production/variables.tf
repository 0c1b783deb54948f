# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "purpose" {
  type        = string
  description = "What the environment is for"
}

variable "us_east_1_environment" {
  type        = string
  description = "Name of the environment of replicas in us-east-1, as in keywright.yaml"
}

variable "us_east_1_purpose" {
  type        = string
  description = "What the environment of replicas in us-east-1 is for"
}
