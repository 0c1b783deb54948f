# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.
# What Terraform has to know about earlier builds. `keywright build --drop-moves` leaves it out once every deployment is made.

terraform {
  required_version = ">= 1.7"
}

moved {
  from = aws_kms_key.cards
  to   = module.checkout.aws_kms_key.cards
}

moved {
  from = aws_kms_alias.cards
  to   = module.checkout.aws_kms_alias.cards
}

moved {
  from = aws_kms_key.receipts
  to   = module.checkout.aws_kms_key.receipts
}

moved {
  from = aws_kms_alias.receipts
  to   = module.checkout.aws_kms_alias.receipts
}
