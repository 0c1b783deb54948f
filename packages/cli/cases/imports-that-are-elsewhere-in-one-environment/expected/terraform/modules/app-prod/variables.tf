# Made by Keywright from keywright.yaml; do not edit by hand.

variable "core_keys_audit_arn" {
  type        = string
  description = "ARN of the key audit in stack core"
}

variable "core_keys_orders_arn" {
  type        = string
  description = "ARN of the key orders in stack core"
}

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}
