# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.main.outputs.ordersKey in keywright.yaml
output "ordersKey" {
  value = "orders: ${aws_kms_key.orders.arn}"
}

# stacks.main.outputs.logsKey in keywright.yaml
output "logsKey" {
  value = aws_kms_key.logs.arn
}

# stacks.main.outputs.auditKey in keywright.yaml
output "auditKey" {
  value = aws_kms_key.audit.arn
}
