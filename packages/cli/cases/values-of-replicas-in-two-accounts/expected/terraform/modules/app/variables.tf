# Made by Keywright from keywright.yaml; do not edit by hand.

variable "us_east_1_tenant" {
  type        = string
  description = "Value of tenant in the environment of replicas in us-east-1"
}
