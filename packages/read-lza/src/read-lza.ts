/**
 * Reads the key sets of a Landing Zone Accelerator configuration. Takes the texts of its files; returns, for each key
 * set, a stack in each account and region where the accelerator deploys it, or one that can be deployed anywhere if the
 * files do not say.
 */
import { report } from '@keywright/core/diagnostics/diagnostic';
import { type Collector, createCollector } from '@keywright/core/diagnostics/result';
import { literal } from '@keywright/core/ir/expression';
import type { Alias, Key, Stack } from '@keywright/core/ir/program';
import type { LeftOut, Reading, ResourceOrigin } from '@keywright/core/reading/reader';
import type { SourceFile, Span } from '@keywright/core/source/span';
import type { Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/parse';
import { folderOf, readConfiguration, type Surroundings } from './configuration.ts';
import { badSetting, deployedNowhere, noKeySets, placesUnknown, unknownTarget } from './diagnostics.ts';
import { policyOf } from './key-policy.ts';
import { type KeySet, keySetIn } from './key-set.ts';
import { logicalId } from './logical-id.ts';
import { environmentOf, type Place, placesOf, valuesOf } from './place.ts';

const nowhere: Span = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** The name of the resulting app; configurations have none. */
const app = 'landing-zone';

/**
 * Reads the files of a configuration, by path. Never throws: what cannot be read is left out, and a diagnostic says
 * why.
 */
export function readLza(files: readonly SourceFile[]): Reading {
  const collector = createCollector();
  const { security, surroundings } = readConfiguration(files, collector);
  const stacks: Stack[] = [];
  const origins = new Map<string, ReadonlyMap<string, ResourceOrigin>>();
  const leftOut: LeftOut[] = [];
  // An unreadable file may define a unit without keys, or the list of accounts.
  const isWhole = collector.result(undefined).diagnostics.length === 0;
  if (security === undefined || !isWhole) {
    if (isWhole) collector.add(report(noKeySets, undefined, {}));
  } else if (!Array.isArray(security.keySets)) {
    const setting = 'keyManagementService.keySets';
    const span = security.locations.spanOf(security.service);
    collector.add(report(badSetting, span, { setting, problem: 'it is not a list' }));
  } else {
    const names = new Set<string>();
    for (const [index, entry] of security.keySets.entries()) {
      const span = security.locations.valueSpan(security.keySets, index) ?? nowhere;
      const keySet = keySetIn(entry, index, names, security.locations, span, collector);
      if (keySet === undefined) continue;
      const places = placesFor(keySet, surroundings, collector);
      const made = places.flatMap((place) => {
        const stack = stackOf(keySet, place, files, folderOf(security.file.path), surroundings, collector);
        return stack === undefined ? [] : [stack];
      });
      for (const stack of made) {
        stacks.push(stack);
        const address = `keyManagementService.keySets.${keySet.name}`;
        origins.set(stack.name, new Map(stack.resources.map(({ id }) => [id, { address }])));
      }
      const parameter = `{the accelerator's prefix}/kms/${keySet.name}/key-arn`;
      leftOut.push({ type: 'AWS::SSM::Parameter', address: parameter, span: keySet.span });
    }
    reportUnknownPlaces(stacks, surroundings, keySetsSpan(security.locations, security.service), collector);
  }
  const sources = new Map(files.map((file) => [file.path, file]));
  const { diagnostics } = collector.result(undefined);
  return { program: { app, stacks }, origins, leftOut, diagnostics: distinct(diagnostics), sources };
}

/** Items without repetitions: a policy is read for each place, with the same problems in all of them. */
function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function keySetsSpan(locations: Locations, service: Mapping): Span | undefined {
  return locations.keySpan(service, 'keySets');
}

function reportUnknownPlaces(
  stacks: readonly Stack[],
  { accounts, regions }: Surroundings,
  span: Span | undefined,
  collector: Collector,
): void {
  if (stacks.length === 0) return;
  const missing =
    accounts === undefined
      ? 'accounts-config.yaml is not given, or has no accounts'
      : regions === undefined
        ? 'global-config.yaml is not given, or has no `enabledRegions`'
        : stacks.some(({ environment }) => environment.account === undefined)
          ? 'accounts-config.yaml has no `accountIds` for some of the accounts'
          : undefined;
  if (missing !== undefined) collector.add(report(placesUnknown, span, { missing }));
}

function placesFor(keySet: KeySet, surroundings: Surroundings, collector: Collector): readonly Place[] {
  const { targets, name, span } = keySet;
  const { accounts, units } = surroundings;
  const strangers = [
    ...[...targets.accounts, ...targets.excludedAccounts]
      .filter((account) => accounts !== undefined && !accounts.some((known) => known.name === account))
      .map((account) => ({ what: 'account', stranger: account, file: 'accounts-config.yaml' })),
    ...targets.organizationalUnits
      .filter((unit) => units !== undefined && !units.has(unit))
      .map((unit) => ({ what: 'organizational unit', stranger: unit, file: 'organization-config.yaml' })),
  ];
  for (const stranger of strangers) collector.add(report(unknownTarget, span, { keySet: name, ...stranger }));
  if (strangers.length > 0) return [];
  const places = placesOf(targets, surroundings) ?? [{}];
  if (places.length === 0) collector.add(report(deployedNowhere, span, { keySet: name }));
  return places;
}

function stackOf(
  keySet: KeySet,
  place: Place,
  files: readonly SourceFile[],
  folder: string,
  surroundings: Surroundings,
  collector: Collector,
): Stack | undefined {
  const { name, span } = keySet;
  const values = valuesOf(place);
  const policy = policyOf(keySet, span, place, values, files, folder, surroundings, collector);
  if (policy === undefined) return undefined;
  const own = languageName(name);
  const environment = environmentOf(place);
  const base = { dependsOn: [], source: { span } };
  const key: Key = {
    ...base,
    kind: 'key',
    id: `key/${own}`,
    name: own,
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
    tags: [],
  };
  const aliasName = keySet.alias?.replace(/^(alias\/)?/, 'alias/');
  const aliases: readonly Alias[] =
    aliasName === undefined
      ? []
      : [
          {
            ...base,
            kind: 'alias',
            id: `alias/${own}/${aliasName.slice('alias/'.length)}`,
            names: { cfn: logicalId(name, 'alias') },
            aliasName,
            keyName: own,
            target: { kind: 'reference', resource: key.id, attribute: 'id' },
          },
        ];
  const stackName = own.replaceAll('_', '-');
  return {
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
}

/** Turns text into a name that the language accepts. */
function languageName(name: string): string {
  const cleaned = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^[-_]+|[-_]+$/g, '');
  return /^[A-Za-z]/.test(cleaned) ? cleaned : `key-${cleaned}`;
}
