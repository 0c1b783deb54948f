# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}

variable "purpose" {
  type        = string
  description = "What the environment is for"
}

variable "us_east1_environment" {
  type        = string
  description = "The environment in keywright.yaml, of replicas in us-east-1"
}
