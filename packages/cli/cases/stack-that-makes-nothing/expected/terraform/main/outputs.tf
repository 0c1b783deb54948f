# Made by Keywright from keywright.yaml; do not edit by hand.

# keywright.yaml:9
output "name" {
  value = "alias/aws/s3"
}
