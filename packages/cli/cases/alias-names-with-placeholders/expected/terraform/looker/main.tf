# Made by Keywright from keywright.yaml; do not edit by hand.

# stacks.looker.imports.looked.aliases in keywright.yaml
resource "aws_kms_alias" "values_team_looked" {
  name          = "alias/payments/looked"
  target_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0123abcd-12ab-34cd-56ef-1234567890ab"
}
