import type { Resource, Stack } from '@keywright/core/ir/program';
import { address } from '@keywright/emit-terraform/names';
import { sensitive } from '../../kit/terraform/plugin/facts.ts';
import type { Picture } from './expected.ts';
import type { ShownResource, ShownState } from './shown.ts';

/** Returns what Terraform has deployed, as a picture like that of the IR. `kept` has the addresses that Terraform refuses to destroy. */
export function deployedPicture(stack: Stack, { resources, outputs }: ShownState, kept: ReadonlySet<string>): Picture {
  const found = new Map<string, unknown>();
  const left = new Set(resources.keys());
  for (const resource of stack.resources) {
    const where = address(resource, stack);
    const shown = resources.get(where);
    if (!left.delete(where) || shown === undefined) throw new Error(`${where} is not there`);
    const hidden = hiddenIn(shown);
    if (hidden.length > 0) throw new Error(`Terraform hides ${hidden.join(' and ')} of ${where}`);
    found.set(resource.id, { ...pictureOf(resource, shown, kept.has(where)), account: accountOf(shown) });
  }
  if (left.size > 0) throw new Error(`${[...left].join(', ')} should not be there`);
  return { resources: found, outputs: stack.outputs.map(({ name }) => outputs[name]) };
}

/** Returns the account of a resource; `undefined` for a resource without an ARN, such as a grant or a policy on a role. */
function accountOf({ values }: ShownResource): string | undefined {
  return typeof values.arn === 'string' ? values.arn.split(':')[4] : undefined;
}

/** Returns the policies that Terraform treats as secrets. No plan would show them. */
function hiddenIn({ type, sensitive_values = {} }: ShownResource): readonly string[] {
  const secrets = sensitive[type] ?? [];
  return Object.keys(sensitive_values).filter((name) => sensitive_values[name] === true && !secrets.includes(name));
}

function pictureOf(resource: Resource, shown: ShownResource, kept: boolean): object {
  const { type, values } = shown;
  const tags = values.tags ?? {};
  switch (type) {
    case 'aws_kms_key':
    case 'aws_kms_external_key':
      return keyPicture(shown, kept);
    case 'aws_kms_replica_key':
    case 'aws_kms_replica_external_key':
      return replicaPicture(shown, kept);
    case 'aws_kms_alias':
      return { kind: 'alias', region: values.region, name: values.name, keyId: values.target_key_id };
    case 'aws_kms_grant':
      return grantPicture(values);
    case 'aws_iam_role':
      return {
        kind: 'role',
        description: values.description,
        trust: json(values.assume_role_policy),
        tags,
        ...givenName(resource, values),
      };
    case 'aws_iam_user':
      return { kind: 'user', tags, ...givenName(resource, values) };
    case 'aws_iam_group':
      return { kind: 'group', tags: {}, ...givenName(resource, values) };
    case 'aws_iam_role_policy':
    case 'aws_iam_user_policy':
    case 'aws_iam_group_policy':
      return {
        kind: 'identityPolicy',
        name: values.name,
        holder: type === 'aws_iam_role_policy' ? 'role' : type === 'aws_iam_user_policy' ? 'user' : 'group',
        attachedTo: values.role ?? values.user ?? values.group,
        document: json(values.policy),
      };
    case 'aws_ssm_parameter':
      return { kind: 'sharedParameter', name: values.name, value: values.value, tags };
    default:
      throw new Error(`there should be no ${type}`);
  }
}

function keyPicture({ type, values }: ShownResource, kept: boolean): object {
  return {
    kind: 'key',
    ...commonOfKeys(values, kept),
    spec: values.customer_master_key_spec ?? values.key_spec ?? 'SYMMETRIC_DEFAULT',
    usage: values.key_usage ?? 'ENCRYPT_DECRYPT',
    origin: originOf(type, values),
    enabled: values.is_enabled ?? values.enabled ?? true,
    rotation: values.enable_key_rotation ?? false,
    rotationDays: values.rotation_period_in_days,
    multiRegion: values.multi_region ?? false,
    keyStore: values.custom_key_store_id,
    externalId: values.xks_key_id,
  };
}

function replicaPicture({ type, values }: ShownResource, kept: boolean): object {
  return {
    kind: 'replicaKey',
    ...commonOfKeys(values, kept),
    // A replica has the spec and usage of its primary. Reading the IR gives these values for every replica.
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: type === 'aws_kms_replica_key' ? 'AWS_KMS' : 'EXTERNAL',
    enabled: values.enabled ?? true,
    rotation: false,
    multiRegion: false,
    primary: values.primary_key_arn,
  };
}

function commonOfKeys(values: ShownResource['values'], kept: boolean): object {
  return {
    region: values.region,
    description: values.description,
    pendingWindowDays: values.deletion_window_in_days,
    retained: kept,
    policy: json(values.policy),
    tags: values.tags ?? {},
  };
}

function originOf(type: string, values: ShownResource['values']): string {
  if (type === 'aws_kms_external_key') return 'EXTERNAL';
  if (typeof values.xks_key_id === 'string') return 'EXTERNAL_KEY_STORE';
  return typeof values.custom_key_store_id === 'string' ? 'AWS_CLOUDHSM' : 'AWS_KMS';
}

/** Returns the name of a principal only if the IR sets it. */
function givenName(resource: Resource, values: ShownResource['values']): object {
  return 'physicalName' in resource && resource.physicalName !== undefined ? { name: values.name } : {};
}

function grantPicture(values: ShownResource['values']): object {
  const [constraint] = (values.constraints ?? []) as readonly Readonly<Record<string, unknown>>[]; // a block in the schema
  return {
    kind: 'kmsGrant',
    region: values.region,
    name: values.name,
    keyId: values.key_id,
    grantee: values.grantee_principal,
    retiringPrincipal: values.retiring_principal,
    retireOnDelete: values.retire_on_delete ?? false,
    operations: [...(values.operations as readonly string[])].sort(), // a set of strings in the schema
    equals: constraint?.encryption_context_equals,
    subset: constraint?.encryption_context_subset,
  };
}

function json(text: unknown): unknown {
  return typeof text === 'string' ? JSON.parse(text) : text;
}
