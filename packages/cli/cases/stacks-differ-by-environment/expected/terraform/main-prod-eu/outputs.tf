# Made by Keywright from keywright.yaml; do not edit by hand.

output "ordersKey" {
  value = module.main.ordersKey
}

output "logsKey" {
  value = module.main.logsKey
}

output "auditKey" {
  value = module.main.auditKey
}
