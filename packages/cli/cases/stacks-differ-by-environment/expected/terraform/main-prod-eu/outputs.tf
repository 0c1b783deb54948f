# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:23
output "ordersKey" {
  value = "orders: ${aws_kms_key.orders.arn}"
}

# keywright.yaml:18
output "logsKey" {
  value = aws_kms_key.logs.arn
}

# keywright.yaml:23
output "auditKey" {
  value = aws_kms_key.audit.arn
}
