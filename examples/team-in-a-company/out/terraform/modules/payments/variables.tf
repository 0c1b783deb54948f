# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

variable "cards_deletion_window_in_days" {
  type        = number
  description = "cards: deletion_window_in_days"

  validation {
    condition     = var.cards_deletion_window_in_days >= 7 && var.cards_deletion_window_in_days <= 30
    error_message = "KMS waits 7 to 30 days before it deletes a key."
  }
}

variable "cards_tags_data" {
  type        = string
  description = "cards: tags: data"
}

variable "environment" {
  type        = string
  description = "The environment in keywright.yaml"
}

variable "nightly_name_prefix" {
  type        = string
  description = "nightly: name_prefix"
}

variable "purpose" {
  type        = string
  description = "What the environment is for"
}
