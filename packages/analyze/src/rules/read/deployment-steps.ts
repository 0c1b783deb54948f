/** The requests about a key that a deployment makes. */
import type { Key, Program, ReplicaKey } from '@keywright/core/ir/program';
import type { NamedPrincipal, PictureGrant, PictureKey } from '../../picture.ts';
import type { Value } from '../../value/value.ts';

export interface Step {
  /** `CreateAlias`. */
  readonly operation: string;
  /** Completes "`kms:CreateAlias` for …". */
  readonly purpose: string;
  readonly context?: RequestContext;
}

/** Condition keys of a request with their values; `null` if the request lacks the condition key. */
export type RequestContext = Readonly<Record<string, Value | readonly Value[] | null>>;

/**
 * The operations that tools use to read a key they created; `GetKeyRotationStatus` only for key material from KMS.
 * Source: Terraform AWS provider (on which Pulumi's is built), internal/service/kms/key.go, findKeyInfo.
 */
export function readsOf({ origin }: Key | ReplicaKey): readonly string[] {
  const reads = ['DescribeKey', 'GetKeyPolicy', 'ListResourceTags'];
  return origin === 'AWS_KMS' ? [...reads, 'GetKeyRotationStatus'] : reads;
}

/** The requests that deployments make to complete a new key after it has its key policy, to change its policy, and to delete the key. */
export function completingSteps(key: PictureKey, resource: Key | ReplicaKey, program: Program): readonly Step[] {
  const { enabled } = resource;
  const replicaRegions =
    resource.kind === 'key' && resource.multiRegion ? replicaRegionsOf(resource, key, program) : [];
  const rotation = resource.kind === 'key' ? resource.rotation : { enabled: false };
  return [
    ...replicaRegions.map((region) => ({
      operation: 'ReplicateKey',
      purpose: `its replica in ${region}`,
      context: { 'kms:ReplicaRegion': region },
    })),
    ...(key.aliases.length > 0 ? [{ operation: 'CreateAlias', purpose: 'its aliases' }] : []),
    ...(rotation.enabled ? [rotationStep(rotation.periodDays)] : []),
    ...(enabled ? [] : [{ operation: 'DisableKey', purpose: '`enabled: false`' }]),
    ...key.grants.map(grantStep),
    ...(resource.bypassPolicyLockoutSafetyCheck === true ? [bypassStep] : []),
    ...(resource.removal === 'destroy' ? [deletionStep(resource.pendingWindowDays)] : []),
  ];
}

function replicaRegionsOf({ id }: Key, { stack }: PictureKey, program: Program): readonly string[] {
  const resources = program.stacks.find(({ name }) => name === stack)?.resources ?? [];
  return resources.flatMap((other) => (other.kind === 'replicaKey' && other.primary === id ? [other.region] : []));
}

const bypassStep: Step = {
  operation: 'PutKeyPolicy',
  purpose: 'changes of its policy with `bypassPolicyLockoutSafetyCheck`',
  context: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' },
};

/** The request that deletes the key. If no window is set, tools send none or 30 days. */
function deletionStep(days: number | undefined): Step {
  const step = { operation: 'ScheduleKeyDeletion', purpose: '`removal: destroy`' };
  return days === undefined
    ? step
    : { ...step, context: { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(days) } };
}

/** The request that enables rotation. If no period is set, tools send none or 365 days. */
function rotationStep(days: number | undefined): Step {
  const step = { operation: 'EnableKeyRotation', purpose: 'its rotation' };
  return days === undefined ? step : { ...step, context: { 'kms:RotationPeriodInDays': String(days) } };
}

/** Source: AWS KMS Developer Guide, "AWS KMS condition keys", kms:GrantConstraintType and the following. */
function grantStep({ name, grantee, retiringPrincipal, operations, encryptionContext }: PictureGrant): Step {
  const constraint = { equals: 'EncryptionContextEquals', subset: 'EncryptionContextSubset' };
  return {
    operation: 'CreateGrant',
    purpose: `its KMS grant \`${name}\``,
    context: {
      'kms:GrantIsForAWSResource': 'false',
      'kms:GrantOperations': operations,
      'kms:GrantConstraintType': encryptionContext === undefined ? null : constraint[encryptionContext.match],
      ...principalKey('kms:GranteePrincipal', grantee),
      ...(retiringPrincipal === undefined
        ? { 'kms:RetiringPrincipal': null }
        : principalKey('kms:RetiringPrincipal', retiringPrincipal)),
    },
  };
}

/** The condition key for a principal of a KMS grant; `{}` if its value is not certain. */
function principalKey(key: string, named: NamedPrincipal): RequestContext {
  return named.kind === 'role' || named.kind === 'user' ? { [key]: named.arn } : {};
}
