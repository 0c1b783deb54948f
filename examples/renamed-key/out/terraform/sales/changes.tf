# Made by Keywright 0.1.0 from keywright.yaml; do not edit by hand.
# What Terraform has to know about earlier builds. `keywright build --drop-moves` leaves it out once every deployment is made.

terraform {
  required_version = ">= 1.7"
}

moved {
  from = aws_kms_key.orders
  to   = aws_kms_key.purchases
}

# alias/archive stays in AWS, and nothing here manages it
removed {
  from = aws_kms_alias.archive

  lifecycle {
    destroy = false
  }
}

# The key archive stays in AWS, and nothing here manages it
removed {
  from = aws_kms_key.archive

  lifecycle {
    destroy = false
  }
}
