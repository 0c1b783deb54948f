import { boundedName } from '@keywright/core/ir/bounded-name';
import type { Key, KmsGrant, ReplicaKey, Resource, Stack, Tag } from '@keywright/core/ir/program';
import { rotationDays } from '@keywright/core/keys/rotation';
import { defaultUsage } from '@keywright/core/kms/key-specs';
import { providerAlias, resourceName, resourceType } from '../names.ts';
import { quote } from '../print/text.ts';
import { print, printLines } from '../print/value.ts';
import { placeOf } from './place.ts';
import type { References, Writer } from './references.ts';

/** What a template sees of a resource; every leaf is HCL, and an argument that is not written is `undefined`. */
type View = Readonly<Record<string, string | number | boolean | undefined>>;

/** A resource under the name of its partial; the other partials' names are false, as strict templates need every name. */
export type ResourceView = Readonly<Record<PartialName, View | false>>;

type PartialName =
  | 'key'
  | 'externalKey'
  | 'replicaKey'
  | 'alias'
  | 'role'
  | 'user'
  | 'group'
  | 'identityPolicy'
  | 'kmsGrant'
  | 'sharedParameter';

const none: ResourceView = {
  key: false,
  externalKey: false,
  replicaKey: false,
  alias: false,
  role: false,
  user: false,
  group: false,
  identityPolicy: false,
  kmsGrant: false,
  sharedParameter: false,
};

/** The resources of a stack as main.tf lays them out: in the order of the IR, but an alias right after its key. */
export function resourceViews(stack: Stack, references: References): readonly ResourceView[] {
  return inReadingOrder(stack.resources).map((resource) => {
    const writer = references.writer();
    const partial = resource.kind === 'key' && resource.origin === 'EXTERNAL' ? 'externalKey' : resource.kind;
    const own = argumentsOf(resource, stack, writer);
    const dependsOn = resource.dependsOn.filter((id) => !writer.mentioned.has(id)).map(references.addressOf);
    const view: View = {
      place: placeOf(resource.source),
      type: quote(resourceType(resource)),
      name: quote(resourceName(resource, stack)),
      provider: resource.region && `aws.${providerAlias(resource.region)}`,
      dependsOn: dependsOn.length > 0 ? print(dependsOn) : undefined,
      ...own,
    };
    return { ...none, [partial]: view };
  });
}

function inReadingOrder(resources: readonly Resource[]): readonly Resource[] {
  const ids = new Set(resources.map(({ id }) => id));
  const aliases = new Map<string, Resource[]>();
  const others: Resource[] = [];
  for (const resource of resources) {
    const target = resource.kind === 'alias' && resource.target.kind === 'reference' ? resource.target.resource : '';
    if (!ids.has(target)) others.push(resource);
    else aliases.set(target, [...(aliases.get(target) ?? []), resource]);
  }
  return others.flatMap((resource) => [resource, ...(aliases.get(resource.id) ?? [])]);
}

function argumentsOf(resource: Resource, stack: Stack, writer: Writer): View {
  switch (resource.kind) {
    case 'key':
      return keyArguments(resource, writer);
    case 'replicaKey':
      return {
        ...commonKeyArguments(resource, writer),
        primaryKeyArn: writer.traversal({ kind: 'reference', resource: resource.primary, attribute: 'arn' }),
      };
    case 'alias':
      return { aliasName: quote(resource.aliasName), targetKeyId: writer.print(resource.target) };
    case 'role':
      return {
        roleName: resource.physicalName && quote(resource.physicalName),
        namePrefix: resource.physicalName ? undefined : quote(rolePrefix(stack, resource.name)),
        description: resource.description && writer.print(resource.description),
        assumeRolePolicy: writer.policy(resource.assumeRolePolicy),
        tags: tagsText(resource.tags, writer),
        // Of a role that exists already, another path or an unknown prefix would make a new one.
        ignoreChanges: resource.physicalName ? '[path]' : '[name_prefix, path]',
      };
    case 'user':
      return {
        userName: quote(resource.physicalName ?? requiredName(stack, resource.name)),
        tags: tagsText(resource.tags, writer),
        ignoreChanges: '[path]',
      };
    case 'group':
      return { groupName: quote(resource.physicalName ?? requiredName(stack, resource.name)), ignoreChanges: '[path]' };
    case 'identityPolicy':
      return {
        policyName: writer.print(resource.policyName),
        attachedKind: resource.attachTo.kind,
        attachedName: writer.print(resource.attachTo.name),
        policy: writer.policy(resource.document),
      };
    case 'kmsGrant':
      return grantArguments(resource, writer);
    case 'sharedParameter':
      return { parameterName: quote(resource.parameterName), value: writer.print(resource.value) };
  }
}

function keyArguments(key: Key, writer: Writer): View {
  const rotates = key.origin === 'AWS_KMS' && key.spec === 'SYMMETRIC_DEFAULT';
  return {
    ...commonKeyArguments(key, writer),
    keySpec: key.spec === 'SYMMETRIC_DEFAULT' ? undefined : quote(key.spec),
    keyUsage: key.usage === defaultUsage('SYMMETRIC_DEFAULT') ? undefined : quote(key.usage),
    customKeyStoreId: key.customKeyStoreId && quote(key.customKeyStoreId),
    xksKeyId: key.xksKeyId && quote(key.xksKeyId),
    // Written where it can be either, so that a reviewer sees it; other keys cannot rotate.
    enableKeyRotation: rotates || key.rotation.enabled ? String(key.rotation.enabled) : undefined,
    // Written even if the YAML has none: the provider would keep an earlier period.
    rotationPeriodInDays: rotationDays(key.rotation),
    // Written even if it is false: the provider takes a missing one for what the key has, and a change would go unseen.
    multiRegion: String(key.multiRegion),
  };
}

function commonKeyArguments(key: Key | ReplicaKey, writer: Writer): View {
  return {
    description: key.description && writer.print(key.description),
    disabled: !key.enabled,
    bypassesLockoutCheck: key.bypassPolicyLockoutSafetyCheck === true,
    deletionWindowInDays: key.pendingWindowDays,
    policy: writer.policy(key.policy),
    tags: tagsText(key.tags, writer),
    preventDestroy: String(key.removal === 'retain'),
  };
}

function grantArguments(grant: KmsGrant, writer: Writer): View {
  const { encryptionContext } = grant;
  const pairs = encryptionContext?.pairs.map(({ name, value }) => [name, quote(value)] as const);
  return {
    grantName: grant.named ? quote(grant.name) : undefined,
    keyId: writer.print(grant.key),
    granteePrincipal: writer.print(grant.grantee),
    retiringPrincipal: grant.retiringPrincipal && writer.print(grant.retiringPrincipal),
    operations: print(grant.operations.map(quote)),
    retireOnDelete: grant.retireOnDelete,
    contextMatch: encryptionContext?.match,
    contextPairs: pairs && printLines({ entries: pairs }),
  };
}

function tagsText(tags: readonly Tag[], writer: Writer): string | undefined {
  if (tags.length === 0) return undefined;
  return printLines({ entries: tags.map(({ name, value }) => [name, writer.print(value)]) });
}

/** IAM makes the name of a role unique itself if the prefix leaves it room: 38 characters at most. */
function rolePrefix(stack: Stack, name: string): string {
  return `${boundedName(`${stack.app}-${stack.name}-${name}`, 37)}-`;
}

/** The provider wants a name for users and groups: the one that core gives a principal whose name has to be known. */
function requiredName(stack: Stack, name: string): string {
  return boundedName(`${stack.app}-${stack.name}-${name}`, 64);
}
