# Made by Keywright from keywright.yaml; do not edit by hand.

variable "partner" {
  type        = string
  description = "Value partner of the environment"
}

variable "quoted" {
  type        = string
  description = "Value quoted of the environment"
}

variable "siem" {
  type        = string
  description = "Value siem of the environment"
}

variable "tier" {
  type        = string
  description = "Value tier of the environment"
}
