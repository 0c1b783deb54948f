import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import { literal } from '@keywright/core/ir/expression';
import type { Alias, Key, Stack } from '@keywright/core/ir/program';
import type { LeftOut, Reading, ResourceOrigin } from '@keywright/core/reading/reader';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { type Configuration, readConfiguration, type Surroundings } from './configuration.ts';
import { badSetting, deployedNowhere, noKeySets, placesUnknown, unknownTarget } from './diagnostics.ts';
import { policyOf } from './key-policy.ts';
import { type KeySet, keySetIn } from './key-set.ts';
import { logicalId } from './logical-id.ts';
import { environmentOf, type Place, placesOf } from './place.ts';
import { areTagged, prefixIsKnown } from './tags.ts';

const nowhere: Span = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** The name of the app, because a configuration does not contain one. */
const app = 'landing-zone';

/**
 * Reads the key sets of a Landing Zone Accelerator configuration from its files. Returns, for each key set, a stack in each account and
 * region where the accelerator deploys the key set. If the files do not name these places, returns one stack that can be deployed anywhere.
 * Never throws: anything that cannot be read is left out, and a diagnostic says why.
 */
export function readLza(files: readonly SourceFile[]): Reading {
  const collector = createCollector();
  const configuration = collector.take(readConfiguration(files));
  const { security, surroundings } = configuration;
  const stacks: Stack[] = [];
  const origins = new Map<string, ReadonlyMap<string, ResourceOrigin>>();
  const leftOut: LeftOut[] = [];
  // Reads nothing if any file cannot be read, because that file may exclude a unit or list the accounts.
  const isWhole = collector.diagnostics.length === 0;
  if (security === undefined || !isWhole) {
    if (isWhole) collector.add(report(noKeySets, undefined, {}));
  } else if (!Array.isArray(security.keySets)) {
    const setting = 'keyManagementService.keySets';
    const span = security.locations.spanOf(security.service);
    collector.add(report(badSetting, span, { setting, problem: 'it is not a list' }));
  } else {
    const names = new Set<string>();
    for (const [index, entry] of security.keySets.entries()) {
      const { locations } = security;
      const span = locations.valueSpan(security.keySets, index) ?? nowhere;
      const setting = `keyManagementService.keySets[${index}]`;
      const keySet = collector.take(keySetIn({ value: entry, setting, span, locations }, names));
      if (keySet === undefined) continue;
      const places = collector.take(placesFor(keySet, surroundings));
      for (const stack of places.flatMap((place) => collector.take(stackOf(keySet, place, configuration)) ?? [])) {
        stacks.push(stack);
        const address = `keyManagementService.keySets.${keySet.name}`;
        origins.set(stack.name, new Map(stack.resources.map(({ id }) => [id, { address }])));
      }
      const parameter = `{the accelerator's prefix}/kms/${keySet.name}/key-arn`;
      leftOut.push({ type: 'AWS::SSM::Parameter', address: parameter, span: keySet.span });
    }
    const keySetsSpan = security.locations.keySpan(security.service, 'keySets');
    collector.add(...placesAreKnown(stacks, surroundings, keySetsSpan));
    if (stacks.some(({ environment }) => areTagged(environment.region)))
      collector.add(...prefixIsKnown(surroundings.tags, keySetsSpan));
  }
  const sources = new Map(files.map((file) => [file.path, file]));
  return { program: { app, stacks }, origins, leftOut, diagnostics: distinct(collector.diagnostics), sources };
}

/** Removes repeated items: a policy is read for each place, with the same problems in all of them. */
function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function placesAreKnown(
  stacks: readonly Stack[],
  { accounts, regions }: Surroundings,
  span: Span | undefined,
): readonly Diagnostic[] {
  if (stacks.length === 0) return [];
  const missing =
    accounts === undefined
      ? 'accounts-config.yaml is not given, or has no accounts'
      : regions === undefined
        ? 'global-config.yaml is not given, or has no `enabledRegions`'
        : stacks.some(({ environment }) => environment.account === undefined)
          ? 'accounts-config.yaml has no `accountIds` for some of the accounts'
          : undefined;
  return missing === undefined ? [] : [report(placesUnknown, span, { missing })];
}

function placesFor(keySet: KeySet, surroundings: Surroundings): Result<readonly Place[]> {
  const { targets, name, span } = keySet;
  const { accounts, units } = surroundings;
  const strangers = [
    ...[...targets.accounts, ...targets.excludedAccounts]
      .filter((account) => accounts !== undefined && !accounts.some((one) => one.name === account))
      .map((account) => ({ what: 'account', stranger: account, file: 'accounts-config.yaml' })),
    ...targets.organizationalUnits
      .filter((unit) => units !== undefined && !units.has(unit))
      .map((unit) => ({ what: 'organizational unit', stranger: unit, file: 'organization-config.yaml' })),
  ];
  const unknown = strangers.map((stranger) => report(unknownTarget, span, { keySet: name, ...stranger }));
  if (unknown.length > 0) return { value: [], diagnostics: unknown };
  const places = placesOf(targets, surroundings) ?? [{}];
  return {
    value: places,
    diagnostics: places.length === 0 ? [report(deployedNowhere, span, { keySet: name })] : [],
  };
}

function stackOf(keySet: KeySet, place: Place, configuration: Configuration): Result<Stack | undefined> {
  const { name, span } = keySet;
  const { value: policy, diagnostics } = policyOf(keySet, place, configuration);
  if (policy === undefined) return { value: undefined, diagnostics };
  const keyName = languageName(name);
  const environment = environmentOf(place);
  const base = { dependsOn: [], source: { span } };
  const key: Key = {
    ...base,
    kind: 'key',
    id: `key/${keyName}`,
    name: keyName,
    names: { cfn: logicalId(name, 'key') },
    ...(keySet.description !== undefined && { description: literal(keySet.description) }),
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    enabled: keySet.enabled,
    rotation: { enabled: keySet.enableKeyRotation },
    multiRegion: false,
    removal: keySet.removal,
    policy,
    tags: areTagged(place.region) ? configuration.surroundings.tags : [],
  };
  const aliasName = keySet.alias?.replace(/^(alias\/)?/, 'alias/');
  const aliases: readonly Alias[] =
    aliasName === undefined
      ? []
      : [
          {
            ...base,
            kind: 'alias',
            id: `alias/${keyName}/${aliasName.slice('alias/'.length)}`,
            names: { cfn: logicalId(name, 'alias') },
            aliasName,
            keyName,
            target: { kind: 'reference', resource: key.id, attribute: 'id' },
          },
        ];
  const stackName = keyName.replaceAll('_', '-');
  const stack: Stack = {
    name: environment.name === undefined ? stackName : `${stackName}-${environment.name}`,
    app,
    environment,
    replicaEnvironments: [],
    targets: ['cfn'],
    resources: [key, ...aliases],
    outputs: [],
    exports: [],
    imports: [],
    dependsOn: [],
    span,
  };
  return { value: stack, diagnostics };
}

function languageName(name: string): string {
  const cleaned = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^[-_]+|[-_]+$/g, '');
  return /^[A-Za-z]/.test(cleaned) ? cleaned : `key-${cleaned}`;
}
