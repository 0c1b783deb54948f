# Made by Keywright from keywright.yaml; do not edit by hand.

data "terraform_remote_state" "platform" {
  backend = "local"

  config = {
    path = "../platform/terraform.tfstate"
  }
}

# stacks.reports.imports.shared.kmsGrants.build in keywright.yaml
resource "aws_kms_grant" "shared_build" {
  name              = "build"
  key_id            = data.terraform_remote_state.platform.outputs.keys_orders_arn
  grantee_principal = "arn:aws:iam::111122223333:user/ci"
  operations        = ["DescribeKey"]
  retire_on_delete  = true
}

# stacks.reports.imports.legacy.kmsGrants.build in keywright.yaml
resource "aws_kms_grant" "legacy_build" {
  name              = "build"
  key_id            = "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  grantee_principal = "arn:aws:iam::111122223333:user/ci"
  operations        = ["Sign", "GetPublicKey"]
}
