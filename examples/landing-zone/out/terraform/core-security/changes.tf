# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.
# What Terraform has to know about earlier builds. `keywright build --drop-moves` leaves it out once every deployment is made.

terraform {
  required_version = ">= 1.7"
}

moved {
  from = aws_kms_key.backup
  to   = module.core.aws_kms_key.backup
}

moved {
  from = aws_kms_alias.lz_backup
  to   = module.core.aws_kms_alias.lz_backup
}

moved {
  from = aws_kms_key.ebs
  to   = module.core.aws_kms_key.ebs
}

moved {
  from = aws_kms_alias.lz_ebs
  to   = module.core.aws_kms_alias.lz_ebs
}

moved {
  from = aws_kms_key.logs
  to   = module.core.aws_kms_key.logs
}

moved {
  from = aws_kms_alias.lz_logs
  to   = module.core.aws_kms_alias.lz_logs
}

moved {
  from = aws_kms_key.s3
  to   = module.core.aws_kms_key.s3
}

moved {
  from = aws_kms_alias.lz_s3
  to   = module.core.aws_kms_alias.lz_s3
}

moved {
  from = aws_kms_key.secrets
  to   = module.core.aws_kms_key.secrets
}

moved {
  from = aws_kms_alias.lz_secrets
  to   = module.core.aws_kms_alias.lz_secrets
}
