import { removalOf } from '@keywright/core/keys/removal';
import type { RotationDefinition } from '@keywright/core/language/key';
import type { Duration } from '@keywright/core/language/text';
import type { KeyModel } from '@keywright/core/resolve/model';
import type * as core from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Difference } from '../compare/difference.ts';
import { keyLabel } from '../source/who.ts';
import { addTags } from './principals.ts';
import { policyOf } from './statements.ts';
import { textIn } from './text.ts';
import { stackOf, type Translation } from './translation.ts';

/** Creates the construct of a key, with its initial policy, its tags and its aliases. */
export function createKey(key: KeyModel, translation: Translation): void {
  const stack = stackOf(key, translation);
  const construct = new translation.library.kms.Key(stack, `Key${key.name}`, propertiesOf(key, stack, translation));
  translation.keys.set(key, construct);
  if (key.properties.bypassPolicyLockoutSafetyCheck?.value === true) {
    // The construct lacks this property, but the resource beneath it has the property.
    const resource = construct.node.defaultChild as kms.CfnKey;
    resource.addPropertyOverride('BypassPolicyLockoutSafetyCheck', true);
  }
  for (const { id, aliasName } of key.aliases) {
    const alias = new translation.library.kms.Alias(stack, id.replaceAll('/', '-'), {
      aliasName,
      targetKey: construct,
    });
    translation.aliases.set(`${key.stack.name}/${id}`, alias);
  }
  const tags = Object.fromEntries([...key.properties.tags].map(([name, { value }]) => [name, value]));
  addTags(construct, tags, { stack, key: key.name }, translation);
  if (key.traits.origin !== 'AWS_KMS') {
    translation.limits.push({
      name: 'origin',
      covers: (difference) =>
        difference.kind === 'property' && difference.of === keyLabel(key) && difference.property === 'Origin',
    });
  }
}

/** Version 2 accepts `trustAccountIdentities` too, without declaring it. */
type Properties = { -readonly [Name in keyof kms.KeyProps]: kms.KeyProps[Name] } & { trustAccountIdentities?: boolean };

function propertiesOf(key: KeyModel, stack: core.Stack, translation: Translation): kms.KeyProps {
  const { core, kms, legacy } = translation.library;
  const { traits } = key;
  const { DESTROY, RETAIN, RETAIN_ON_UPDATE_OR_DELETE } = core.RemovalPolicy;
  // Version 1 cannot express that a key is deleted if its creation fails.
  const retained = legacy ? RETAIN : RETAIN_ON_UPDATE_OR_DELETE;
  const properties: Properties = {
    removalPolicy: removalOf(key) === 'destroy' ? DESTROY : retained,
  };
  const description = key.properties.description;
  if (description !== undefined) properties.description = textIn({ stack, key: key.name }, description.value);
  const enabled = key.properties.enabled;
  if (enabled !== undefined) properties.enabled = enabled.value;
  const pendingWindow = key.properties.pendingWindow;
  if (pendingWindow !== undefined) properties.pendingWindow = core.Duration.days(daysOf(pendingWindow.value));
  const trust = key.properties.trustAccountIdentities;
  if (trust !== undefined) properties.trustAccountIdentities = trust.value;
  const policy = policyOf(key, translation);
  if (policy !== undefined) properties.policy = policy;
  if (properties.removalPolicy === RETAIN) {
    translation.limits.push({
      name: 'oldProperty',
      covers: (difference) =>
        difference.kind === 'property' && difference.of === keyLabel(key) && goesWhenCreationFails(difference),
    });
  }
  if (key.primary !== undefined) return properties; // everything else comes from the primary

  const rotation = key.properties.rotation;
  if (rotation !== undefined) Object.assign(properties, rotationOf(rotation.value, core));
  if (traits.multiRegion) properties.multiRegion = true;
  // The CDK's enumerations have KMS's values.
  properties.keySpec = traits.spec as kms.KeySpec;
  properties.keyUsage = traits.usage as kms.KeyUsage;
  if (!legacy) return properties;

  const known =
    Object.values<string>(kms.KeySpec).includes(traits.spec) &&
    Object.values<string>(kms.KeyUsage).includes(traits.usage);
  const unknown = [
    ...(known ? [] : ['KeySpec', 'KeyUsage']),
    ...(traits.multiRegion ? ['MultiRegion'] : []),
    ...(properties.rotationPeriod === undefined ? [] : ['RotationPeriodInDays']),
  ];
  if (!known) {
    delete properties.keySpec;
    delete properties.keyUsage;
  }
  if (unknown.length > 0) {
    translation.limits.push({
      name: 'oldProperty',
      covers: (difference) =>
        difference.kind === 'property' && difference.of === keyLabel(key) && unknown.includes(difference.property),
    });
  }
  return properties;
}

function goesWhenCreationFails({ property, ours, cdk }: Extract<Difference, { readonly kind: 'property' }>): boolean {
  return property === 'DeletionPolicy' && ours === 'RetainExceptOnCreate' && cdk === 'Retain';
}

function rotationOf(rotation: RotationDefinition, { Duration }: typeof core): Properties {
  if (typeof rotation === 'boolean') return { enableKeyRotation: rotation };
  if (typeof rotation !== 'object') return { enableKeyRotation: true, rotationPeriod: Duration.days(daysOf(rotation)) };
  const { enabled = true, period } = rotation;
  return {
    enableKeyRotation: enabled,
    ...(period !== undefined && { rotationPeriod: Duration.days(daysOf(period)) }),
  };
}

function daysOf(duration: Duration): number {
  return typeof duration === 'number' ? duration : Number.parseInt(duration, 10);
}
