import { byName } from '@keywright/core/collections/by-name';
import { type Expression, literal, literalText } from '@keywright/core/ir/expression';
import type { Alias, IdentityPolicy, Key, KmsGrant, ReplicaKey, Resource } from '@keywright/core/ir/program';
import { keyOrigins, keySpecs, keyUsages } from '@keywright/core/kms/key-specs';
import type { SourceValue } from '@keywright/core/reading/source-value';
import { sharedParameterPrefix } from '@keywright/core/stacks/shared-parameter';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { ExportedResource } from './export-file.ts';
import type { Fields } from './fields.ts';
import type { Identity } from './identify.ts';
import { allIsRead } from './inputs.ts';
import type { Member, Place } from './plan.ts';
import { referenceTo } from './references.ts';
import { isExternalType } from './types.ts';

export interface Surroundings {
  readonly identity: Identity;
  /** The member's key or replica, if it was read. */
  readonly key?: Identity;
  readonly holder?: Identity;
  /** A replica's primary key, which has already been read. */
  readonly primary?: Resource;
  readonly home: Place;
  readonly environmentName: string;
  /** Whether the resource keeps its name in Pulumi, and with it the URN. */
  readonly keepsName: boolean;
  /** The properties of a separate resource that sets the key's policy. */
  readonly keyPolicy?: Fields;
}

function baseOf({ exported, place }: Member, { identity, home, keepsName }: Surroundings) {
  return {
    id: identity.id,
    ...(place.region !== undefined && place.region !== home.region && { region: place.region }),
    names: keepsName ? { pulumi: exported.name } : {},
    dependsOn: [],
    source: { span: exported.span },
  };
}

/** Reads a member. Returns `undefined` if there was a problem in the fields of the member or of its key policy. */
export function readResource(member: Member, fields: Fields, surroundings: Surroundings): Resource | undefined {
  // `candidatesIn` has checked the inputs of principals and parameters.
  if (!/^(role|user|group|sharedParameter)$/.test(member.kind)) allIsRead(member.exported, fields);
  const resource = resourceOf(member, fields, surroundings);
  return fields.isWhole && surroundings.keyPolicy?.isWhole !== false ? resource : undefined;
}

function resourceOf(member: Member, fields: Fields, surroundings: Surroundings): Resource | undefined {
  const { exported, kind } = member;
  const { identity } = surroundings;
  const { region, ...base } = baseOf(member, surroundings);
  switch (kind) {
    case 'key':
      return keyOf(exported, base, fields, surroundings);
    case 'replicaKey':
      return replicaOf(exported, { ...base, region: region ?? '' }, fields, surroundings);
    case 'alias':
      return aliasOf({ ...base, ...(region !== undefined && { region }) }, fields, surroundings);
    case 'kmsGrant':
      return grantOf(exported, { ...base, ...(region !== undefined && { region }) }, fields, surroundings);
    case 'role': {
      const description = fields.expression('description');
      return {
        ...base,
        kind,
        name: identity.name,
        ...physicalName(exported, fields),
        ...(description !== undefined && { description }),
        assumeRolePolicy: fields.policy('assumeRolePolicy', 'trust') ?? { statements: [] },
        tags: fields.tags(),
      };
    }
    case 'user':
      return { ...base, kind, name: identity.name, ...physicalName(exported, fields), tags: fields.tags() };
    case 'group':
      return { ...base, kind, name: identity.name, ...physicalName(exported, fields) };
    case 'rolePolicy':
      return policyOn('role', base, fields, surroundings);
    case 'userPolicy':
      return policyOn('user', base, fields, surroundings);
    case 'groupPolicy':
      return policyOn('group', base, fields, surroundings);
    case 'sharedParameter': {
      const parameterName = required(fields, 'name', fields.text('name'), '');
      return {
        ...base,
        kind,
        parameterName,
        ...(!isBetweenStacks(parameterName) && { output: exported.name }),
        value: required(fields, 'value', fields.expression('value'), literal('')),
        tags: fields.tags(),
      };
    }
  }
}

/** Whether Keywright's stacks share a value through a parameter with this name. */
export function isBetweenStacks(parameterName: string | undefined): boolean {
  return parameterName?.startsWith(sharedParameterPrefix) === true;
}

type Base = Omit<ReturnType<typeof baseOf>, 'region'>;

/** Reports a missing property, unless the resource is incomplete anyway. */
function required<Value>(fields: Fields, name: string, value: Value | undefined, fallback: Value): Value {
  if (value !== undefined) return value;
  if (fields.isWhole) fields.fail(name, 'it is missing');
  return fallback;
}

function anyKeyOf(exported: ExportedResource, fields: Fields, { identity, keyPolicy }: Surroundings) {
  const isExternal = isExternalType(exported.type);
  const description = fields.expression('description');
  const pendingWindowDays = fields.integer('deletionWindowInDays');
  const policyHolder = keyPolicy ?? fields;
  const arn = fields.text('arn');
  const isOwnArn = (one: Expression) =>
    one.kind === 'reference' ? one.resource === identity.id && one.attribute === 'arn' : literalText(one) === arn;
  return {
    name: identity.name,
    ...(description !== undefined && { description }),
    enabled: isExternal ? isEnabledWithMaterial(exported, fields) : (fields.boolean(enabledProperty(exported)) ?? true),
    ...(pendingWindowDays !== undefined && { pendingWindowDays }),
    removal: exported.protect || exported.retainOnDelete ? ('retain' as const) : ('destroy' as const),
    ...(policyHolder.boolean('bypassPolicyLockoutSafetyCheck') === true && {
      bypassPolicyLockoutSafetyCheck: true as const,
    }),
    policy: policyHolder.policy('policy', 'key', isOwnArn) ?? { statements: [] },
    tags: fields.tags(),
  };
}

function specProperty({ type }: ExportedResource, fields: Fields): string {
  return type === 'aws:kms/key:Key' && fields.value('customerMasterKeySpec') !== undefined
    ? 'customerMasterKeySpec'
    : 'keySpec';
}

function enabledProperty({ type }: ExportedResource): string {
  return type === 'aws:kms/key:Key' ? 'isEnabled' : 'enabled';
}

/**
 * Whether an external key is enabled. The provider says that a key without key material is not, although nobody disabled it. Source: the
 * page of aws_kms_external_key in the documentation of the AWS provider, `enabled` and `key_state`.
 */
function isEnabledWithMaterial({ inputs, outputs }: ExportedResource, fields: Fields): boolean {
  const isWaiting = outputs.keyState === 'PendingImport';
  return isWaiting && inputs.enabled === undefined ? true : (fields.boolean('enabled') ?? true);
}

function keyOf(exported: ExportedResource, base: Base, fields: Fields, surroundings: Surroundings): Key {
  const isExternal = isExternalType(exported.type);
  const customKeyStoreId = fields.text('customKeyStoreId');
  const xksKeyId = fields.text('xksKeyId');
  const enabled = fields.boolean('enableKeyRotation') ?? false;
  const days = fields.integer('rotationPeriodInDays');
  return {
    ...base,
    kind: 'key',
    ...anyKeyOf(exported, fields, surroundings),
    spec: fields.word(specProperty(exported, fields), keySpecs, 'SYMMETRIC_DEFAULT'),
    usage: fields.word('keyUsage', keyUsages, 'ENCRYPT_DECRYPT'),
    origin: isExternal ? 'EXTERNAL' : fields.word('origin', keyOrigins, originIn(customKeyStoreId, xksKeyId)),
    ...(customKeyStoreId !== undefined && { customKeyStoreId }),
    ...(xksKeyId !== undefined && { xksKeyId }),
    // A period of 365 days is KMS's default, so it is left out.
    rotation: { enabled, ...(enabled && days !== undefined && days !== 365 && { periodDays: days }) },
    multiRegion: fields.boolean('multiRegion') ?? false,
  };
}

/** Returns the origin of a key. The AWS provider has no property for it: the type and the key store imply it. */
function originIn(customKeyStoreId: string | undefined, xksKeyId: string | undefined): Key['origin'] {
  if (xksKeyId !== undefined) return 'EXTERNAL_KEY_STORE';
  return customKeyStoreId === undefined ? 'AWS_KMS' : 'AWS_CLOUDHSM';
}

function replicaOf(
  exported: ExportedResource,
  base: Base & { readonly region: string },
  fields: Fields,
  surroundings: Surroundings,
): ReplicaKey | undefined {
  const { primary, environmentName, keepsName } = surroundings;
  if (primary?.kind !== 'key') return undefined;
  const { id, spec, usage, origin } = primary;
  const policyOfKey = anyKeyOf(exported, fields, surroundings);
  // `byRegion` names the replica by its region, so that it has the same name in every account.
  const where = { environmentName, ...(!keepsName && { byRegion: true as const }) };
  return { ...base, kind: 'replicaKey', ...policyOfKey, spec, usage, origin, ...where, primary: id };
}

function aliasOf(base: Base & { readonly region?: string }, fields: Fields, { identity, key }: Surroundings): Alias {
  const target = fields.expression('targetKeyArn') ?? fields.expression('targetKeyId');
  return {
    ...base,
    kind: 'alias',
    aliasName: required(fields, 'name', fields.text('name'), ''),
    keyName: identity.name,
    target: key === undefined ? required(fields, 'targetKeyId', target, literal('')) : referenceTo(key.id, 'id'),
  };
}

function policyOn(
  kind: IdentityPolicy['attachTo']['kind'],
  base: Base,
  fields: Fields,
  { identity, holder }: Surroundings,
): IdentityPolicy {
  const value = fields.expression(kind);
  const name = holder === undefined ? required(fields, kind, value, literal('')) : referenceTo(holder.id, 'name');
  return {
    ...base,
    kind: 'identityPolicy',
    name: identity.name,
    policyName: required(fields, 'name', fields.expression('name'), literal('')),
    attachTo: { kind, name },
    document: fields.policy('policy', 'identity') ?? { statements: [] },
  };
}

function grantOf(
  exported: ExportedResource,
  base: Base & { readonly region?: string },
  fields: Fields,
  { identity, key }: Surroundings,
): KmsGrant {
  const name = fields.text('name');
  const retiringPrincipal = fields.expression('retiringPrincipal');
  const encryptionContext = contextIn(fields);
  return {
    ...base,
    kind: 'kmsGrant',
    name: name ?? exported.name,
    named: name !== undefined,
    retireOnDelete: fields.boolean('retireOnDelete') ?? false,
    keyName: identity.name,
    key:
      key === undefined
        ? required(fields, 'keyId', fields.expression('keyId'), literal(''))
        : referenceTo(key.id, 'id'),
    grantee: required(fields, 'granteePrincipal', fields.expression('granteePrincipal'), literal('')),
    ...(retiringPrincipal !== undefined && { retiringPrincipal }),
    operations: required(fields, 'operations', fields.texts('operations'), []),
    ...(encryptionContext !== undefined && { encryptionContext }),
  };
}

/** Returns the only constraint that a grant can have: `[{ encryptionContextEquals: { … } }]`. */
function contextIn(fields: Fields): KmsGrant['encryptionContext'] {
  const constraints = fields.value('constraints');
  if (constraints === undefined) return undefined;
  if (!Array.isArray(constraints)) {
    fields.fail('constraints', 'it is not a list');
    return undefined;
  }
  const all = constraints.flatMap((constraint: SourceValue) =>
    (['equals', 'subset'] as const).flatMap((match) => {
      const name = match === 'equals' ? 'encryptionContextEquals' : 'encryptionContextSubset';
      const pairs = isMapping(constraint) ? constraint[name] : undefined;
      return isMapping(pairs) ? [{ match, pairs: Object.entries(pairs) }] : [];
    }),
  );
  const [first, ...others] = all.filter(({ pairs }) => pairs.length > 0);
  if (others.length > 0 || constraints.length > 1) {
    fields.fail('constraints', 'there are several');
    return undefined;
  }
  if (first === undefined) {
    if (constraints.length > 0) fields.fail('constraints', 'it has no encryption context');
    return undefined;
  }
  const pairs = first.pairs.flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []));
  if (pairs.length < first.pairs.length) fields.fail('constraints', 'an encryption context is text');
  return { match: first.match, pairs: pairs.sort(byName) };
}

/** Returns the name in IAM, unless Pulumi generated it. */
function physicalName(exported: ExportedResource, fields: Fields): { readonly physicalName?: string } {
  const { __defaults: defaults } = exported.inputs;
  const isMadeUp = exported.inputs.name === undefined || (Array.isArray(defaults) && defaults.includes('name'));
  const name = isMadeUp ? undefined : fields.text('name');
  return name === undefined ? {} : { physicalName: name };
}
