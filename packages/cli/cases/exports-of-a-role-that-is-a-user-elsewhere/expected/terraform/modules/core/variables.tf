# Made by Keywright from keywright.yaml; do not edit by hand.

variable "app_principals_api_arn" {
  type        = string
  description = "ARN of the principal api in stack app"
}
