# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.

variable "key_admins_name" {
  type        = string
  description = "keyAdmins: name"
}
