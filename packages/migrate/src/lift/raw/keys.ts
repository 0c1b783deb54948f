import { grantOnDisabledKey } from '@keywright/core/diagnostics/keys';
import type { Alias, Key, KmsGrant, ReplicaKey, Stack, Tag } from '@keywright/core/ir/program';
import { withoutAliasPrefix } from '@keywright/core/kms/alias-prefix';
import { defaultUsage, usagesOfSpec } from '@keywright/core/kms/key-specs';
import type { KmsGrantDefinition } from '@keywright/core/language/grant';
import type { AliasDefinition, KeyDefinition, ReplicaDefinition } from '@keywright/core/language/key';
import { environmentOf } from '../draft/environment-of.ts';
import type { PinsOf } from './pinned-names.ts';
import { principalByArn } from './principals.ts';
import { keyStatements, reasonOfImport } from './statements.ts';
import { Inexpressible, textOf } from './text.ts';

/** The resources that point to a key or replica. */
export interface KeyAttachments {
  readonly aliases: readonly Alias[];
  readonly kmsGrants: readonly KmsGrant[];
}

/** Writes a key as it is: the properties that differ from the defaults, and the whole policy. */
export function rawKey(
  key: Key,
  attachments: KeyAttachments,
  replicas: readonly ReplicaDefinition[],
  stack: Stack,
  pins: PinsOf,
) {
  const { rotation } = key;
  const definition: KeyDefinition = {
    ...(key.spec !== 'SYMMETRIC_DEFAULT' && { spec: key.spec }),
    ...((key.usage !== defaultUsage(key.spec) || usagesOfSpec[key.spec].length > 1) && { usage: key.usage }),
    ...(key.origin !== 'AWS_KMS' && { origin: key.origin }),
    ...(key.customKeyStoreId !== undefined && { customKeyStore: key.customKeyStoreId }),
    ...(key.xksKeyId !== undefined && { xksKey: key.xksKeyId }),
    ...described(key, 'retain'),
    ...(rotation.enabled && { rotation: rotation.periodDays === undefined ? true : `${rotation.periodDays} days` }),
    ...(key.multiRegion && { multiRegion: true }),
    ...shared(key, attachments, stack, pins),
    ...(replicas.length > 0 && { replicas: [...replicas] }),
  };
  return definition;
}

export function rawReplica(
  replica: ReplicaKey,
  primary: Key,
  attachments: KeyAttachments,
  stack: Stack,
  pins: PinsOf,
): ReplicaDefinition {
  const where = replica.byRegion ? { region: replica.region } : { environment: replica.environmentName };
  return { ...where, ...described(replica, primary.removal), ...shared(replica, attachments, stack, pins) };
}

function described(key: Key | ReplicaKey, defaultRemoval: Key['removal']) {
  const { description, enabled, pendingWindowDays, removal } = key;
  return {
    ...(description !== undefined && { description: textOf(description) }),
    ...(!enabled && { enabled }),
    ...(pendingWindowDays !== undefined && { pendingWindow: pendingWindowDays }),
    ...(removal !== defaultRemoval && { removal }),
    ...(key.bypassPolicyLockoutSafetyCheck === true && { bypassPolicyLockoutSafetyCheck: true }),
  };
}

function shared(key: Key | ReplicaKey, attachments: KeyAttachments, stack: Stack, pins: PinsOf) {
  return {
    ...tagged(key.tags),
    ...(attachments.aliases.length > 0 && { aliases: attachments.aliases.map((alias) => rawAlias(alias, pins)) }),
    ...pins(key),
    ...(key.policy.id !== undefined && { policyId: textOf(key.policy.id) }),
    policy: keyStatements(key.policy, stack, environmentOf(key, stack)),
    ...rawKmsGrants(attachments.kmsGrants, stack, pins),
    // The grants must have been created before the key was disabled.
    ...(!key.enabled &&
      attachments.kmsGrants.length > 0 && { suppress: [{ rule: grantOnDisabledKey.code, because: reasonOfImport }] }),
  };
}

export function tagged(tags: readonly Tag[]): { readonly tags?: Record<string, string> } {
  if (tags.length === 0) return {};
  const twice = tags.find(({ name }, index) => tags.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw new Inexpressible(`the tag \`${twice.name}\` is there twice`);
  return { tags: Object.fromEntries(tags.map(({ name, value }) => [name, textOf(value)])) };
}

export function rawAlias(alias: Alias, pins: PinsOf): AliasDefinition {
  const name = withoutAliasPrefix(alias.aliasName);
  const pinned = pins(alias);
  return pinned.names === undefined ? name : { name, ...pinned };
}

export function rawKmsGrants(
  grants: readonly KmsGrant[],
  stack: Stack,
  pins: PinsOf,
): { readonly kmsGrants?: Record<string, KmsGrantDefinition> } {
  if (grants.length === 0) return {};
  const twice = grants.find(({ name }, index) => grants.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw new Inexpressible(`two of its KMS grants are called \`${twice.name}\``);
  return { kmsGrants: Object.fromEntries(grants.map((grant) => [grant.name, rawKmsGrant(grant, stack, pins)])) };
}

function rawKmsGrant(grant: KmsGrant, stack: Stack, pins: PinsOf): KmsGrantDefinition {
  const { grantee, retiringPrincipal, encryptionContext } = grant;
  const pairs =
    encryptionContext && Object.fromEntries(encryptionContext.pairs.map(({ name, value }) => [name, value]));
  return {
    grantee: principalByArn(grantee, stack),
    ...(retiringPrincipal !== undefined && { retiringPrincipal: principalByArn(retiringPrincipal, stack) }),
    operations: grant.operations as KmsGrantDefinition['operations'], // compiling rejects operations that KMS does not have
    ...(pairs !== undefined &&
      (encryptionContext?.match === 'equals' ? { encryptionContext: pairs } : { encryptionContextSubset: pairs })),
    ...(!grant.named && { named: false }),
    ...(grant.retireOnDelete && { retireOnDelete: true }),
    ...pins(grant),
  };
}
