provider "aws" { 
  region = "us-${local.r}-1" 
}
variable "name" {}
locals { r = "east" }
data "aws_region" "r" {}
resource "aws_kms_key" "in_us" {
  description = "${var.name} in ${data.aws_region.r.name}"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "logs.${data.aws_region.r.name}.amazonaws.com", AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:*", Resource = "*" }] })
}
