import { boundedName } from '@keywright/core/ir/bounded-name';
import type { Key, KmsGrant, ReplicaKey, Resource, Stack, Tag } from '@keywright/core/ir/program';
import { rotationDays } from '@keywright/core/keys/rotation';
import { defaultUsage } from '@keywright/core/kms/key-specs';
import { namesOf } from '../names.ts';
import { array, atom, type Code, call, inlineObject, object, scalar, string } from '../print/code.ts';
import type { Providers } from './providers.ts';
import type { References, Writer } from './references.ts';

/** The properties of an object in a program; one without a value is not written. */
type Properties = readonly (readonly [name: string, value: Code | undefined])[];

/** A resource and the expression that makes it. */
export interface ResourceCode {
  readonly resource: Resource;
  readonly code: Code;
}

/** The resources of a stack in the order of the IR, but an alias right after its key. */
export function resourceCodes(stack: Stack, references: References, providers: Providers): readonly ResourceCode[] {
  const names = namesOf(stack);
  return inReadingOrder(stack.resources).map((resource) => {
    const writer = references.writer();
    const { constructorName, name } = names.of(resource);
    const properties = propertiesOf(resource, name, stack, writer).filter(([, value]) => value !== undefined);
    const options = optionsOf(resource, references, providers, writer).filter(([, value]) => value !== undefined);
    const args = [
      string(name),
      ...(properties.length > 0 || options.length > 0 ? [object(properties)] : []),
      ...(options.length > 0 ? [inlineObject(options)] : []),
    ];
    return { resource, code: call(`new ${constructorName}`, ...args) };
  });
}

/** Constants have to be declared before they are used, so an alias that waits for something else stays where it is. */
function inReadingOrder(resources: readonly Resource[]): readonly Resource[] {
  const positions = new Map(resources.map(({ id }, index) => [id, index]));
  const aliases = new Map<string, Resource[]>();
  const others: Resource[] = [];
  for (const resource of resources) {
    const target = resource.kind === 'alias' && resource.target.kind === 'reference' ? resource.target.resource : '';
    const position = positions.get(target) ?? -1;
    if (resource.dependsOn.some((id) => (positions.get(id) ?? 0) > position) || position < 0) others.push(resource);
    else aliases.set(target, [...(aliases.get(target) ?? []), resource]);
  }
  return others.flatMap((resource) => [resource, ...(aliases.get(resource.id) ?? [])]);
}

function optionsOf(resource: Resource, references: References, providers: Providers, writer: Writer): Properties {
  const provider = providers.of(resource.region);
  const retains = (resource.kind === 'key' || resource.kind === 'replicaKey') && resource.removal === 'retain';
  const isPrincipal = resource.kind === 'role' || resource.kind === 'user' || resource.kind === 'group';
  const dependsOn = resource.dependsOn.filter((id) => !writer.mentioned.has(id)).map(references.constantOf);
  return [
    ['provider', provider === undefined ? undefined : atom(provider)],
    ['protect', retains ? scalar(true) : undefined],
    ['retainOnDelete', retains ? scalar(true) : undefined],
    // Of a role that exists already, another path would make a new one.
    ['ignoreChanges', isPrincipal ? array([string('path')]) : undefined],
    ['dependsOn', dependsOn.length > 0 ? array(dependsOn.map(atom)) : undefined],
  ];
}

function propertiesOf(resource: Resource, name: string, stack: Stack, writer: Writer): Properties {
  switch (resource.kind) {
    case 'key':
      return resource.origin === 'EXTERNAL' ? externalKeyProperties(resource, writer) : keyProperties(resource, writer);
    case 'replicaKey':
      return replicaKeyProperties(resource, writer);
    case 'alias':
      return [
        ['name', string(resource.aliasName)],
        ['targetKeyId', writer.expression(resource.target)],
      ];
    case 'role':
      return [
        ['name', principalName(resource, name, stack)],
        ['description', resource.description && writer.expression(resource.description)],
        ['assumeRolePolicy', writer.policy(resource.assumeRolePolicy)],
        ['tags', tagsCode(resource.tags, writer)],
      ];
    case 'user':
      return [
        ['name', principalName(resource, name, stack)],
        ['tags', tagsCode(resource.tags, writer)],
      ];
    case 'group':
      return [['name', principalName(resource, name, stack)]];
    case 'identityPolicy':
      return [
        ['name', writer.expression(resource.policyName)],
        [resource.attachTo.kind, writer.expression(resource.attachTo.name)],
        ['policy', writer.policy(resource.document)],
      ];
    case 'kmsGrant':
      return grantProperties(resource, writer);
    case 'sharedParameter':
      return [
        ['name', string(resource.parameterName)],
        ['type', atom('aws.ssm.ParameterType.String')],
        ['value', writer.expression(resource.value)],
      ];
  }
}

function keyProperties(key: Key, writer: Writer): Properties {
  const { spec, customKeyStoreId, xksKeyId, rotation } = key;
  const days = rotationDays(rotation);
  const canRotate = key.origin === 'AWS_KMS' && spec === 'SYMMETRIC_DEFAULT';
  return [
    descriptionOf(key, writer),
    ['customerMasterKeySpec', spec === 'SYMMETRIC_DEFAULT' ? undefined : string(spec)],
    usageOf(key),
    ['customKeyStoreId', customKeyStoreId === undefined ? undefined : string(customKeyStoreId)],
    ['xksKeyId', xksKeyId === undefined ? undefined : string(xksKeyId)],
    ['isEnabled', key.enabled ? undefined : scalar(false)],
    // Written where it can be either, so that a reviewer sees it; other keys cannot rotate.
    ['enableKeyRotation', canRotate || rotation.enabled ? scalar(rotation.enabled) : undefined],
    // Written even if the YAML has none: the provider would keep an earlier period.
    ['rotationPeriodInDays', days === undefined ? undefined : scalar(days)],
    deletionWindowOf(key),
    multiRegionOf(key),
    ...policyAndTags(key, writer),
  ];
}

function externalKeyProperties(key: Key, writer: Writer): Properties {
  return [
    descriptionOf(key, writer),
    ['keySpec', key.spec === 'SYMMETRIC_DEFAULT' ? undefined : string(key.spec)],
    usageOf(key),
    enabledOf(key),
    deletionWindowOf(key),
    multiRegionOf(key),
    ...policyAndTags(key, writer),
  ];
}

function replicaKeyProperties(key: ReplicaKey, writer: Writer): Properties {
  return [
    ['primaryKeyArn', writer.expression({ kind: 'reference', resource: key.primary, attribute: 'arn' })],
    descriptionOf(key, writer),
    enabledOf(key),
    deletionWindowOf(key),
    ...policyAndTags(key, writer),
  ];
}

type Property = Properties[number];

function descriptionOf({ description }: Key | ReplicaKey, writer: Writer): Property {
  return ['description', description && writer.expression(description)];
}

function usageOf({ usage }: Key): Property {
  return ['keyUsage', usage === defaultUsage('SYMMETRIC_DEFAULT') ? undefined : string(usage)];
}

function enabledOf({ enabled }: Key | ReplicaKey): Property {
  return ['enabled', enabled ? undefined : scalar(false)];
}

function deletionWindowOf({ pendingWindowDays }: Key | ReplicaKey): Property {
  return ['deletionWindowInDays', pendingWindowDays === undefined ? undefined : scalar(pendingWindowDays)];
}

function multiRegionOf({ multiRegion }: Key): Property {
  return ['multiRegion', multiRegion ? scalar(true) : undefined];
}

function policyAndTags({ bypassPolicyLockoutSafetyCheck, policy, tags }: Key | ReplicaKey, writer: Writer): Properties {
  return [
    ['bypassPolicyLockoutSafetyCheck', bypassPolicyLockoutSafetyCheck && scalar(true)],
    ['policy', writer.policy(policy)],
    ['tags', tagsCode(tags, writer)],
  ];
}

function grantProperties(grant: KmsGrant, writer: Writer): Properties {
  const { retiringPrincipal, encryptionContext } = grant;
  const constraints =
    encryptionContext &&
    inlineObject([
      [
        encryptionContext.match === 'equals' ? 'encryptionContextEquals' : 'encryptionContextSubset',
        object(encryptionContext.pairs.map(({ name, value }) => [name, string(value)])),
      ],
    ]);
  return [
    ['name', grant.named ? string(grant.name) : undefined],
    ['keyId', writer.expression(grant.key)],
    ['granteePrincipal', writer.expression(grant.grantee)],
    ['retiringPrincipal', retiringPrincipal && writer.expression(retiringPrincipal)],
    ['operations', array(grant.operations.map(string))],
    ['constraints', constraints && array([constraints])],
    ['retireOnDelete', grant.retireOnDelete ? scalar(true) : undefined],
  ];
}

function tagsCode(tags: readonly Tag[], writer: Writer): Code | undefined {
  return tags.length === 0 ? undefined : object(tags.map(({ name, value }) => [name, writer.expression(value)]));
}

/** Pulumi names what has no name after itself, with a hyphen and seven characters: IAM allows 64 of these. */
const autoNamed = /^[\w+=,.@-]{1,56}$/;

function principalName(
  { name, physicalName }: Extract<Resource, { kind: 'role' | 'user' | 'group' }>,
  pulumiName: string,
  stack: Stack,
): Code | undefined {
  if (physicalName !== undefined) return string(physicalName);
  if (autoNamed.test(pulumiName)) return undefined;
  // The name that core gives a principal whose name has to be known.
  return string(boundedName(`${stack.app}-${stack.name}-${name}`, 64));
}
