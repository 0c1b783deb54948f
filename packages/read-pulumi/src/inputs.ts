import { report } from '@keywright/core/diagnostics/diagnostic';
import { unsupportedProperty } from './diagnostics.ts';
import { type ExportedResource, isSet } from './export-file.ts';
import { type Fields, labelOf } from './fields.ts';

/**
 * The inputs of keys, aliases, KMS grants and policies that are read. Source: the schemas of `@pulumi/aws` 7 and `@pulumi/aws-native` 1.
 */
const read: ReadonlySet<string> = new Set([
  '__defaults',
  'bypassPolicyLockoutSafetyCheck',
  'constraints',
  'customKeyStoreId',
  'customerMasterKeySpec',
  'deletionWindowInDays',
  'description',
  'enableKeyRotation',
  'enabled',
  'granteePrincipal',
  'group',
  'isEnabled',
  'keyId',
  'keySpec',
  'keyUsage',
  'multiRegion',
  'name',
  'namePrefix',
  'operations',
  'origin',
  'policy',
  'primaryKeyArn',
  'region',
  'retireOnDelete',
  'retiringPrincipal',
  'role',
  'rotationPeriodInDays',
  'tags',
  'tagsAll',
  'targetKeyId',
  'user',
  'xksKeyId',
]);

/** What the provider would do to a resource that no longer has the input. */
const reasons: Readonly<Record<string, string>> = {
  keyMaterialBase64: 'Pulumi holds the key material, and replaces the key if the material is no longer given',
  validTo: 'the key material expires, and Pulumi imports it again if `validTo` is no longer given',
  grantCreationTokens: 'Pulumi replaces the grant if the tokens are no longer given',
};

/** Reports inputs that are not read. The resource is then left out. */
export function allIsRead({ inputs, spanOf, ...resource }: ExportedResource, fields: Fields): void {
  for (const [property, value] of Object.entries(inputs)) {
    if (read.has(property) || !isSet(value)) continue;
    const why = reasons[property] ?? 'its language has no word for this';
    const parameters = { resource: labelOf(resource), property, why };
    fields.leaveOut(report(unsupportedProperty, spanOf('inputs', property), parameters));
  }
}

const ofPrincipal: ReadonlySet<string> = new Set([
  '__defaults',
  'assumeRolePolicy',
  'description',
  'maxSessionDuration',
  'name',
  'namePrefix',
  'path',
  'tags',
  'tagsAll',
]);

const ofParameter: ReadonlySet<string> = new Set([
  '__defaults',
  'name',
  'overwrite',
  'region',
  'tags',
  'tagsAll',
  'type',
  'value',
]);

export function hasOnlyReadInputs({ inputs }: ExportedResource, kind: 'principal' | 'parameter'): boolean {
  const readInputs = kind === 'principal' ? ofPrincipal : ofParameter;
  const standard: Readonly<Record<string, unknown>> = { tier: 'Standard', dataType: 'text' };
  return Object.entries(inputs).every(
    ([name, value]) => readInputs.has(name) || !isSet(value) || standard[name] === value,
  );
}
