# Made by Keywright from keywright.yaml; do not edit by hand.

variable "tag_env" {
  type        = string
  description = "Tag env of the environment"
}
