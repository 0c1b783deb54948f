# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.ordersKey in keywright.yaml
output "ordersKey" {
  description = "Output ordersKey of stack main"
  value       = "orders: ${aws_kms_key.orders.arn}"
}

# stacks.main.outputs.logsKey in keywright.yaml
output "logsKey" {
  description = "Output logsKey of stack main"
  value       = aws_kms_key.logs.arn
}

# stacks.main.outputs.auditKey in keywright.yaml
output "auditKey" {
  description = "Output auditKey of stack main"
  value       = aws_kms_key.audit.arn
}
