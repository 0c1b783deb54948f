# Made by Keywright from keywright.yaml; do not edit by hand.

variable "company" {
  type        = string
  description = "Value of company in the environment"
}

variable "partner" {
  type        = string
  description = "Value of partner in the environment"
}

variable "quoted" {
  type        = string
  description = "Value of quoted in the environment"
}

variable "siem" {
  type        = string
  description = "Value of siem in the environment"
}

variable "tier" {
  type        = string
  description = "Value of tier in the environment"
}

variable "unit" {
  type        = string
  description = "Value of unit in the environment"
}
