# Made by Keywright from keywright.yaml; do not edit by hand.
# What Terraform has to know about earlier builds. `keywright build --drop-moves` leaves it out once every deployment is made.

terraform {
  required_version = ">= 1.7"
}

moved {
  from = module.app.aws_iam_role.this[0]
  to   = aws_iam_role.api
}

moved {
  from = module.kms.aws_kms_key.this[0]
  to   = aws_kms_key.invoices
}

moved {
  from = aws_kms_alias.names["invoices"]
  to   = aws_kms_alias.invoices
}

moved {
  from = module.kms["us.1"].aws_kms_replica_key.this
  to   = aws_kms_replica_key.invoices_us
}

moved {
  from = aws_kms_alias.names["us"]
  to   = aws_kms_alias.invoices_us
}

moved {
  from = module.app.aws_iam_role_policy.kms[0]
  to   = aws_iam_role_policy.api
}

moved {
  from = module.kms.aws_kms_grant.this["work"]
  to   = aws_kms_grant.invoices_work
}

# the policy of invoices, which is part of the key now
removed {
  from = module.kms.aws_kms_key_policy.this

  lifecycle {
    destroy = false
  }
}
