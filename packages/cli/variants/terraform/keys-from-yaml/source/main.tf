provider "aws" { region = "eu-west-1" }
locals {
  cfg = yamldecode(file("${path.module}/keys.yaml"))
  keys = merge([for team, ks in local.cfg.teams : { for k in ks : "${team}-${k.name}" => merge({ rotation = true, readers = [] }, k) }]...)
  readers = { for k, v in local.keys : k => try(v.readers, []) }
  pairs = flatten([for k, v in local.keys : [for a in try(v.aliases, [k]) : { key = k, alias = a }]])
}
resource "aws_kms_key" "this" {
  for_each = local.keys
  description = try(each.value.description, "Key ${each.key}")
  enable_key_rotation = each.value.rotation
  multi_region = lookup(each.value, "multi", false)
  deletion_window_in_days = try(each.value.window, null)
  policy = templatefile("${path.module}/policy.tftpl", { account = "123456789012", readers = local.readers[each.key], extra = one([for s in [each.value.name] : s if s == "orders"]) })
}
