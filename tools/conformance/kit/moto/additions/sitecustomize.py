"""
What the KMS of moto 5.2 lacks compared with the real one, where a deployment shows the difference.

Python runs a module of this name when it starts, from the folders in PYTHONPATH: moto_server itself stays as it is. Each
part says what moto does without it; docs/conformance.md lists the parts. If moto lacks one of the names patched here, it
does not start, and start-moto.ts reports that.
"""

import json
import re
from xml.sax.saxutils import XMLGenerator

import botocore.session
from moto.core.exceptions import JsonRESTError
from moto.iam.exceptions import MalformedPolicyDocument
from moto.iam.models import IAMBackend, iam_backends
from moto.kms import models, responses
from moto.kms.models import Key, KmsBackend, kms_backends
from moto.kms.responses import KmsResponse


# moto's own list of key specs lacks ML_DSA_* and ECC_NIST_EDWARDS25519. The list that AWS publishes is used instead.
specs = botocore.session.get_session().get_service_model("kms").shape_for("KeySpec").enum


def ensure_valid_key_spec(_, spec):
    if spec not in specs:
        raise JsonRESTError("ValidationException", f"{spec} is not one of {', '.join(specs)}")


getattr(KmsBackend, "_KmsBackend__ensure_valid_key_spec")
KmsBackend._KmsBackend__ensure_valid_key_spec = ensure_valid_key_spec

# Nothing is encrypted or signed here, and making an RSA key takes up to a second.
models.generate_private_key = lambda spec: None

# moto refuses DescribeKey if any Deny has kms:Describe*, whatever its principals and conditions.
responses.validate_policy = lambda key, action: None


# moto accepts any principal in a policy. KMS and IAM refuse a role or user that does not exist, so the order in which resources are created
# matters. Accounts, services and sessions are not looked up.
def unknown_principal(arn):
    match = re.fullmatch(r"arn:([\w-]+):iam::(\d{12}):(role|user|group)/.+", arn)
    if match is None:
        return False
    partition, account, kind = match.groups()
    backend = iam_backends[account][partition]
    known = {"role": backend.roles, "user": backend.users, "group": {}}[kind]
    return all(principal.arn != arn for principal in known.values())


def unknown_principals(policy):
    document = json.loads(policy)
    statements = document["Statement"]
    for statement in statements if isinstance(statements, list) else [statements]:
        for element in ("Principal", "NotPrincipal"):
            principals = statement.get(element, {})
            arns = principals.get("AWS", []) if isinstance(principals, dict) else []
            yield from filter(unknown_principal, [arns] if isinstance(arns, str) else arns)


def refuse_unknown_principals(policy):
    for arn in unknown_principals(policy):
        raise JsonRESTError("MalformedPolicyDocumentException", f"Policy contains an invalid principal: {arn}")


original_create_role = IAMBackend.create_role


def create_role(self, role_name, assume_role_policy_document, *args, **kwargs):
    for arn in unknown_principals(assume_role_policy_document):
        raise MalformedPolicyDocument(f"Invalid principal in policy: {arn}")
    return original_create_role(self, role_name, assume_role_policy_document, *args, **kwargs)


IAMBackend.create_role = create_role

# moto writes line ends into XML literally. A reader of XML has to turn each into \n, and the SDK drops text of only line ends. AWS writes
# character references.
original_characters = XMLGenerator.characters


def characters(self, content):
    for index, line in enumerate(re.split(r"([\r\n])", content)):
        if index % 2 == 1:
            self.ignorableWhitespace("&#xD;" if line == "\r" else "&#10;")
        elif line:
            original_characters(self, line)


XMLGenerator.characters = characters


# moto does not return the default usage of a key, forgets the key store, and has no key that waits for its key material. It gives every key
# a new id. But a key that exists before a deployment has the id that the project names: the tag `_custom_id_` sets that id.
original_create_key = KmsBackend.create_key


def create_key(self, policy, key_usage, key_spec, description, tags, multi_region=False, origin="AWS_KMS"):
    if policy is not None:
        refuse_unknown_principals(policy)
    custom_id = next((tag["TagValue"] for tag in tags or [] if tag["TagKey"] == "_custom_id_"), None)
    tags = [tag for tag in tags or [] if tag["TagKey"] != "_custom_id_"]
    usage = key_usage or "ENCRYPT_DECRYPT"
    key = original_create_key(self, policy, usage, key_spec, description, [], multi_region or False, origin)
    if custom_id is not None:
        del self.keys[key.id]
        key.arn = key.arn.replace(key.id, custom_id)
        key.id = custom_id
        self.keys[key.id] = key
    if tags:
        self.tag_resource(key.id, tags)
    if origin == "EXTERNAL":
        key.enabled = False
        key.key_state = "PendingImport"
    key.rotation_days = None
    key.primary = key
    key.key_store = {}
    return key


KmsBackend.create_key = create_key

original_respond_create_key = KmsResponse.create_key


def respond_create_key(self):
    metadata = json.loads(original_respond_create_key(self))["KeyMetadata"]
    key = self.kms_backend.keys[metadata["KeyId"]]
    if (store := self._get_param("CustomKeyStoreId")) is not None:
        key.key_store["CustomKeyStoreId"] = store
    if (external := self._get_param("XksKeyId")) is not None:
        key.key_store["XksKeyConfiguration"] = {"Id": external}
    return json.dumps(key.to_dict())


KmsResponse.create_key = respond_create_key

original_to_dict = Key.to_dict


def to_dict(self):
    described = original_to_dict(self)
    described["KeyMetadata"] |= self.key_store
    return described


Key.to_dict = to_dict


# moto enables and disables any key.
def respond_set_enabled(enabled):
    def respond(self):
        key = own_key(self)
        if key.key_state == "PendingImport":
            raise JsonRESTError("KMSInvalidStateException", f"{key.arn} is pending import.")
        key.enabled = enabled
        key.key_state = "Enabled" if enabled else "Disabled"
        return json.dumps(None)

    return respond


def own_key(self):
    key_id = self._get_param("KeyId")
    self._validate_cmk_id(key_id)
    return self.kms_backend.keys[self.kms_backend.get_key_id(key_id)]


KmsResponse.enable_key = respond_set_enabled(True)
KmsResponse.disable_key = respond_set_enabled(False)


# moto has no rotation period, and rotates keys that cannot rotate.
def respond_enable_key_rotation(self):
    key = own_key(self)
    if key.key_spec != "SYMMETRIC_DEFAULT" or key.origin != "AWS_KMS" or key.primary is not key:
        raise JsonRESTError("UnsupportedOperationException", f"{key.arn} cannot rotate.")
    if not key.enabled:
        raise JsonRESTError("DisabledException", f"{key.arn} is disabled.")
    key.rotation_days = self._get_param("RotationPeriodInDays") or key.rotation_days or 365
    return json.dumps(None)


def respond_disable_key_rotation(self):
    own_key(self).rotation_days = None
    return json.dumps(None)


def respond_get_key_rotation_status(self):
    days = own_key(self).primary.rotation_days
    period = {} if days is None else {"RotationPeriodInDays": days}
    return json.dumps({"KeyRotationEnabled": days is not None, **period})


KmsResponse.enable_key_rotation = respond_enable_key_rotation
KmsResponse.disable_key_rotation = respond_disable_key_rotation
KmsResponse.get_key_rotation_status = respond_get_key_rotation_status


# In moto, a replica is a shallow copy of its primary. The two share aliases and grants, so that an alias in one region also exists in the
# other. The replica has the policy, description and state of its primary; those in the request are ignored, and so are tags.
def respond_replicate_key(self):
    primary = own_key(self)
    region = self._get_param("ReplicaRegion")
    elsewhere = kms_backends[self.current_account][region]
    if not primary.multi_region or primary.primary is not primary or primary.id in elsewhere.keys:
        raise JsonRESTError("UnsupportedOperationException", f"{primary.arn} cannot be replicated to {region}.")
    replica = elsewhere.create_key(
        self._get_param("Policy"),
        primary.key_usage,
        primary.key_spec,
        self._get_param("Description"),
        [*(self._get_param("Tags") or []), {"TagKey": "_custom_id_", "TagValue": primary.id}],
        True,
        primary.origin,
    )
    replica.primary = primary
    configuration = primary.multi_region_configuration
    configuration["ReplicaKeys"].append({"Arn": replica.arn, "Region": region})
    replica.multi_region_configuration = configuration | {"MultiRegionKeyType": "REPLICA"}
    policy, tags = replica.policy, elsewhere.list_resource_tags(replica.id)["Tags"]
    return json.dumps(
        {"ReplicaKeyMetadata": replica.to_dict()["KeyMetadata"], "ReplicaPolicy": policy, "ReplicaTags": tags}
    )


KmsResponse.replicate_key = respond_replicate_key


# moto accepts any policy.
original_put_key_policy = KmsBackend.put_key_policy


def put_key_policy(self, key_id, policy):
    refuse_unknown_principals(policy)
    original_put_key_policy(self, key_id, policy)


KmsBackend.put_key_policy = put_key_policy


# moto accepts any grantee.
original_create_grant = KmsBackend.create_grant


def create_grant(self, key_id, grantee_principal, operations, name, constraints, retiring_principal):
    for arn in (grantee_principal, retiring_principal):
        if arn is not None and unknown_principal(arn):
            raise JsonRESTError("InvalidArnException", f"ARN does not refer to a valid principal: {arn}")
    return original_create_grant(
        self, key_id, grantee_principal, operations, name, constraints=constraints, retiring_principal=retiring_principal
    )


KmsBackend.create_grant = create_grant
