"""What moto makes of CloudFormation templates: standard input and output are JSON.

In: a list of objects with template, parameters, account, region and stackName. Out: for each object, by logical id, the type, the
evaluated properties, and the values of Ref and GetAtt.
moto's own KMS does not accept tags from a template, so they are hidden when it creates a key; and it has no attribute KeyId.
"""

import json
import os
import sys

os.environ.update(AWS_ACCESS_KEY_ID="none", AWS_SECRET_ACCESS_KEY="none", AWS_DEFAULT_REGION="us-east-1")

import yaml
from moto import mock_aws
from moto.cloudformation.parsing import ResourceMap, clean_json
from moto.cloudformation.utils import yaml_tag_constructor
from moto.kms.models import Key

create = Key.create_from_cloudformation_json.__func__


def create_without_tags(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = {k: v for k, v in cloudformation_json["Properties"].items() if k != "Tags"}
    return create(cls, resource_name, {**cloudformation_json, "Properties": properties}, account_id, region_name, **kwargs)


Key.create_from_cloudformation_json = classmethod(create_without_tags)

attribute = Key.get_cfn_attribute


def attribute_with_id(self, name):
    return self.id if name == "KeyId" else attribute(self, name)


Key.get_cfn_attribute = attribute_with_id


def without_none(value):
    """AWS::NoValue takes an element out of a list, which moto leaves to each service."""
    if isinstance(value, list):
        return [without_none(one) for one in value if one is not None]
    if isinstance(value, dict):
        return {key: without_none(one) for key, one in value.items()}
    return value


def load(text):
    yaml.add_multi_constructor("", yaml_tag_constructor, Loader=yaml.SafeLoader)
    yaml.SafeLoader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return with_conditions(yaml.safe_load(text))


def with_conditions(value):
    """moto reads !Condition as Fn::Condition, which does not exist."""
    if isinstance(value, list):
        return [with_conditions(one) for one in value]
    if isinstance(value, dict):
        return {("Condition" if key == "Fn::Condition" else key): with_conditions(one) for key, one in value.items()}
    return value


def evaluate(asked):
    template = load(asked["template"])
    # Rules do not affect resources, so a parameter that only rules use gets no value.
    used = {name: one for name, one in template.get("Parameters", {}).items() if not one["Type"].startswith("AWS::SSM")}
    template["Parameters"] = used
    with mock_aws():
        stack = f"arn:aws:cloudformation:{asked['region']}:{asked['account']}:stack/{asked['stackName']}/1"
        resources = ResourceMap(
            stack, asked["stackName"], asked["parameters"], {}, asked["region"], asked["account"], template, {}
        )
        resources.load()
        made = {}
        for logical_id in resources.resources:
            body = template["Resources"][logical_id]
            condition = body.get("Condition")
            if condition and not resources.lazy_condition_map[condition]:
                continue
            if not body["Type"].startswith(("AWS::KMS::", "AWS::IAM::")):
                continue
            # moto has no replicas, but still evaluates their properties.
            properties = without_none(clean_json(body.get("Properties", {}), resources))
            values = {}
            if body["Type"] in ("AWS::KMS::Key", "AWS::IAM::Role"):
                values["Ref"] = resources[logical_id].physical_resource_id
                values["Arn"] = resources[logical_id].get_cfn_attribute("Arn")
            made[logical_id] = {"type": body["Type"], "properties": properties, "values": values}
        return made


json.dump([evaluate(asked) for asked in json.load(sys.stdin)], sys.stdout, default=str)
