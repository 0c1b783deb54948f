# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

variable "cards_deletion_window_in_days" {
  type        = number
  description = "deletion_window_in_days of cards"

  validation {
    condition     = var.cards_deletion_window_in_days >= 7 && var.cards_deletion_window_in_days <= 30
    error_message = "KMS waits 7 to 30 days before it deletes a key."
  }
}

variable "cards_tag_data" {
  type        = string
  description = "Tag data of cards"
}

variable "environment" {
  type        = string
  description = "Name of the environment, as in keywright.yaml"
}

variable "purpose" {
  type        = string
  description = "What the environment is for"
}
