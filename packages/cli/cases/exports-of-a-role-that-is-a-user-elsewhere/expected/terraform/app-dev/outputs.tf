# Made by Keywright from keywright.yaml; do not edit by hand.

output "principals_api_arn" {
  description = "ARN of the role api"
  value       = module.app.principals_api_arn
}
