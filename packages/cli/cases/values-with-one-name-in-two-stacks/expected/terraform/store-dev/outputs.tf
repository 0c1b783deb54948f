# Made by Keywright from keywright.yaml; do not edit by hand.

output "keys_store_id" {
  description = "ID of the key store"
  value       = module.store.keys_store_id
}
