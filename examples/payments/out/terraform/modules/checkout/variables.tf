# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

variable "checkout_api_policy_statement3_resource" {
  type        = string
  description = "checkoutApi: policy: statement 3: Resource"
}

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}
