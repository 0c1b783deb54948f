import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Key, ReplicaKey, Tag } from '@keywright/core/ir/program';
import { keySpecs, keyUsages } from '@keywright/core/kms/key-specs';
import { defaultStatement, kmsDefaultPolicy } from '@keywright/core/policy/default-policies';
import { attribute, flagOf, pairsOf, peek, textOf, Unread, wholeNumberOf } from '../attributes.ts';
import type { SourceResource } from '../source/resource.ts';
import { allIsRead } from './arguments.ts';
import { type Context, commonOf, type Node, policyOf } from './context.ts';

/** Reads a key. If there is an `aws_kms_key_policy` for it, this is `policySource`, and its policy applies. */
export function readKey(node: Node, policySource: SourceResource | undefined, context: Context): Key {
  const { source } = node;
  const isExternal = source.type === 'aws_kms_external_key';
  const common = anyKey(node, policySource, context);
  const store = isExternal ? undefined : textOf(source, 'custom_key_store_id');
  const xksKey = isExternal ? undefined : textOf(source, 'xks_key_id');
  const multiRegion = isConfigured(source, 'multi_region') ? flagOf(source, 'multi_region') : false;
  return {
    kind: 'key',
    ...common,
    spec: oneOf(source, isExternal ? 'key_spec' : 'customer_master_key_spec', keySpecs, 'SYMMETRIC_DEFAULT'),
    usage: oneOf(source, 'key_usage', keyUsages, 'ENCRYPT_DECRYPT'),
    origin: isExternal
      ? 'EXTERNAL'
      : store === undefined
        ? 'AWS_KMS'
        : xksKey === undefined
          ? 'AWS_CLOUDHSM'
          : 'EXTERNAL_KEY_STORE',
    enabled: isExternal ? externalIsEnabled(source) : (flagOf(source, 'is_enabled') ?? true),
    ...(store !== undefined && { customKeyStoreId: store }),
    ...(xksKey !== undefined && { xksKeyId: xksKey }),
    rotation: isExternal ? { enabled: false } : rotationOf(source),
    multiRegion: multiRegion ?? false,
  };
}

/** Reads a replica. The properties that it shares with its primary key come from the primary key. */
export function readReplicaKey(
  node: Node,
  policySource: SourceResource | undefined,
  primary: Key,
  context: Context,
): ReplicaKey {
  const { source, region } = node;
  if (region === undefined) throw new Unread('provider', 'its region is unknown, or is the region of its primary');
  return {
    kind: 'replicaKey',
    ...anyKey(node, policySource, context),
    name: primary.name,
    region,
    environmentName: region,
    primary: primary.id,
    spec: primary.spec,
    usage: primary.usage,
    origin: primary.origin,
    enabled: primary.origin === 'EXTERNAL' ? externalIsEnabled(source) : (flagOf(source, 'enabled') ?? true),
  };
}

function anyKey(node: Node, policySource: SourceResource | undefined, context: Context) {
  const { source } = node;
  for (const each of [source, policySource]) if (each !== undefined) allIsRead(each);
  const description = isConfigured(source, 'description') ? textOf(source, 'description') : undefined;
  const window = windowOf(source);
  const bypass = [source, policySource].some(
    (each) => each !== undefined && flagOf(each, 'bypass_policy_lockout_safety_check') === true,
  );
  return {
    ...commonOf(node),
    name: node.name,
    ...(description !== undefined && { description: context.references.plain(description) }),
    ...(window !== undefined && { pendingWindowDays: window }),
    // A state does not contain `prevent_destroy`, so its keys count as retained.
    removal: source.values.prevent_destroy === false ? 'destroy' : 'retain',
    ...(bypass && { bypassPolicyLockoutSafetyCheck: true as const }),
    policy: keyPolicy(node, policySource, context),
    tags: tagsOf(source, context),
  } as const;
}

/** Returns the deletion window. For external keys and replicas without one, the provider writes the service's default. */
function windowOf(source: SourceResource): number | undefined {
  const days = wholeNumberOf(source, 'deletion_window_in_days');
  return days === 30 && source.type !== 'aws_kms_key' ? undefined : days;
}

function keyPolicy(node: Node, policySource: SourceResource | undefined, context: Context): PolicyDocument {
  const from = policySource ?? node.source;
  if (from.configured?.('policy') !== 'absent' && isKnownAfterApply(from)) return standInFor(from, node, context);
  if (policySource !== undefined) return policyOf('key', policySource, 'policy', node, context);
  // An empty string means no policy: KMS then sets its default policy.
  const isNone = node.source.values.policy === '' && !node.source.unknown.has('policy');
  return isConfigured(node.source, 'policy') && !isNone
    ? policyOf('key', node.source, 'policy', node, context)
    : kmsDefaultPolicy(context, node.source.span);
}

/**
 * Whether an argument's value is known or comes from the configuration. Otherwise, the service sets its default, which a plan does not
 * show.
 */
function isConfigured(source: SourceResource, name: string): boolean {
  return !(source.unknown.has(name) && (source.configured?.(name) === 'absent' || isTakenAsUnset(source, name)));
}

/**
 * Whether an argument is assumed not to be set: if the configuration does not set it, the service does, and a plan without its
 * configuration shows only that the value is unknown. Configurations hardly ever compute such an argument.
 */
export function isTakenAsUnset(source: SourceResource, name: string): boolean {
  return (
    /^(multi_region|rotation_period_in_days|description)$/.test(name) &&
    source.unknown.has(name) &&
    source.configured === undefined
  );
}

/** Whether a policy is missing only because it is known after apply. */
function isKnownAfterApply(source: SourceResource): boolean {
  return source.unknown.has('policy') && source.why?.('policy') === undefined && !source.sensitive.has('policy');
}

/** Returns the Sid of the statement that stands in for an unknown policy. */
export function standInSid({ address }: SourceResource): string {
  return `Stands in for the policy of ${address}`;
}

function standInFor(from: SourceResource, { source }: Node, context: Context): PolicyDocument {
  return { statements: [{ ...defaultStatement(context, source.span), sid: standInSid(from) }] };
}

/** Returns the rotation of a key. A year is KMS's default period; the provider writes it into the state of a key without a period. */
function rotationOf(source: SourceResource): Key['rotation'] {
  if (flagOf(source, 'enable_key_rotation') !== true) return { enabled: false };
  const days = isConfigured(source, 'rotation_period_in_days')
    ? wholeNumberOf(source, 'rotation_period_in_days')
    : undefined;
  return { enabled: true, ...(days !== undefined && days !== 365 && { periodDays: days }) };
}

/**
 * Whether an external key is meant to be enabled. A key that waits for its material is not enabled yet, and the state does not say whether
 * it will be, so it counts as enabled.
 */
function externalIsEnabled(source: SourceResource): boolean {
  return peek(source, 'key_state') === 'PendingImport' || source.unknown.has('enabled')
    ? true
    : (flagOf(source, 'enabled') ?? true);
}

/** Returns all tags, including the provider's `default_tags` unless these were separated, since the key has all of them. */
export function tagsOf(source: SourceResource, { references }: Context): readonly Tag[] {
  // In a plan, `tags_all` is unknown for resources that will be created. Without `default_tags`, it equals `tags`.
  for (const each of ['tags', 'tags_all'])
    if (source.unknown.has(each) && source.why?.(each) !== undefined) attribute(source, each);
  const name = source.unknown.has('tags_all') || !('tags_all' in source.values) ? 'tags' : 'tags_all';
  // A tag that is sensitive in `tags` is not marked in `tags_all`.
  for (const each of ['tags', 'tags_all']) if (source.sensitive.has(each)) attribute(source, each);
  return pairsOf(attribute(source, name), name).map(([tag, value]) => ({ name: tag, value: references.plain(value) }));
}

function oneOf<Value extends string>(
  source: SourceResource,
  name: string,
  values: readonly Value[],
  standard: Value,
): Value {
  if (!isConfigured(source, name)) return standard;
  const text = textOf(source, name) ?? standard;
  const match = values.find((value) => value === text);
  if (match === undefined) throw new Unread(name, `its ${name} is unknown to Keywright`);
  return match;
}
