# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.store.keys.store.id in keywright.yaml; other stacks use it
output "keys_store_id" {
  description = "ID of the key store"
  value       = aws_kms_key.store.key_id
}
