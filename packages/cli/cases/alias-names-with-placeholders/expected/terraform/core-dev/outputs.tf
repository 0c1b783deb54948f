# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.core.outputs.alias in keywright.yaml
output "alias" {
  value = aws_kms_alias.app_environment_key.name
}

# stacks.core.outputs.aliasArn in keywright.yaml
output "aliasArn" {
  value = aws_kms_alias.app_environment_key.arn
}

# stacks.core.outputs.shared in keywright.yaml
output "shared" {
  value = "arn:aws:kms:eu-west-1:444455556666:alias/config/dev"
}
