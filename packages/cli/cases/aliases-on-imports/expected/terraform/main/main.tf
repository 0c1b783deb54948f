# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "owner" {
  backend = "local"

  config = {
    path = "../owner/terraform.tfstate"
  }
}

# stacks.main.imports.byArn.aliases in keywright.yaml
resource "aws_kms_alias" "legacy" {
  name          = "alias/legacy"
  target_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

# stacks.main.imports.byKey.aliases in keywright.yaml
resource "aws_kms_alias" "second" {
  name          = "alias/second"
  target_key_id = data.terraform_remote_state.owner.outputs.keys_orders_arn
}
