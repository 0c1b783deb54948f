provider "aws" {
  region = "eu-west-1"
}

moved {
  from = aws_kms_key.old
  to   = aws_kms_key.orders["eu"]
}

locals {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Root", Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" }]
  })
}

resource "aws_iam_service_linked_role" "scaling" {
  aws_service_name = "autoscaling.amazonaws.com"
}

resource "aws_kms_key" "orders" {
  for_each    = toset(["eu", "us"])
  description = "Orders of ${each.key}"
  policy      = local.policy
  tags        = { Part = each.key }
  depends_on  = [aws_iam_service_linked_role.scaling]

  provisioner "local-exec" {
    command = "echo ${self.key_id}"
  }

  timeouts {
    create = "5m"
  }

  lifecycle {
    create_before_destroy = true
    prevent_destroy       = true
    ignore_changes        = [tags]

    precondition {
      condition     = length(each.key) == 2
      error_message = "two letters"
    }
  }
}

resource "aws_kms_alias" "orders" {
  for_each      = aws_kms_key.orders
  name          = "alias/orders-${each.key}"
  target_key_id = each.value.key_id

  lifecycle {
    replace_triggered_by = [aws_kms_key.orders]
  }
}
