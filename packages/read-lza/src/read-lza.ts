/**
 * Reads the key sets of a Landing Zone Accelerator configuration. Takes the texts of its files; returns, for each key
 * set, a stack in each account and region where the accelerator deploys it, or one that can be deployed anywhere if the
 * files do not say.
 */
import { report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import { type Collector, createCollector } from '@keywright/core/diagnostics/result';
import { concat, expressionKey, literal, type PlaceExpressions } from '@keywright/core/ir/expression';
import type { PolicyDocument, Statement } from '@keywright/core/ir/policy';
import type { Alias, Key, Stack } from '@keywright/core/ir/program';
import { readPolicy } from '@keywright/core/reading/read-policy';
import type { LeftOut, Reading, ResourceOrigin } from '@keywright/core/reading/reader';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/parse';
import { folderOf, readConfiguration, type Surroundings } from './configuration.ts';
import { policyPath } from './configuration-files.ts';
import {
  badSetting,
  deployedNowhere,
  missingPolicyFile,
  noKeySets,
  placesUnknown,
  unknownTarget,
} from './diagnostics.ts';
import { logicalId } from './logical-id.ts';
import { environmentOf, type Place, placesOf, type Targets, valuesOf } from './place.ts';
import { readPolicyFile } from './policy-file.ts';

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

/** A key set with validated settings. The defaults are the accelerator's. */
interface KeySet {
  readonly name: string;
  readonly span: Span;
  readonly alias: string | undefined;
  readonly policy: string | undefined;
  readonly policySpan: Span;
  readonly description: string | undefined;
  readonly enabled: boolean;
  readonly enableKeyRotation: boolean;
  readonly removal: Key['removal'];
  readonly targets: Targets;
}

/** Source: awslabs/landing-zone-accelerator-on-aws, config/lib/models/security-config.ts, IKeyConfig; the defaults in config/lib/security-config.ts. */
const settings = [
  'name',
  'alias',
  'policy',
  'description',
  'enableKeyRotation',
  'enabled',
  'removalPolicy',
  'deploymentTargets',
];

function keySetIn(
  entry: unknown,
  index: number,
  names: Set<string>,
  locations: Locations,
  span: Span,
  collector: Collector,
): KeySet | undefined {
  let isWhole = true;
  const setting = `keyManagementService.keySets[${index}]`;
  const fail = (name: string, problem: string, at: Span | undefined) => {
    isWhole = false;
    collector.add(report(badSetting, at ?? span, { setting: name === '' ? setting : `${setting}.${name}`, problem }));
  };
  if (!isMapping(entry)) {
    fail('', 'it is not a mapping', span);
    return undefined;
  }
  const at = (name: string) => locations.valueSpan(entry, name) ?? span;
  const text = (name: string): string | undefined => {
    const value = entry[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') fail(name, 'it is not text', at(name));
    else if (value.includes('{{')) {
      isWhole = false;
      const reason = 'it uses a replacement whose value is not in the files';
      const advice = 'write its value into the configuration before you import it';
      collector.add(report(unknownValue, at(name), { resource: setting, property: `\`${name}\``, reason, advice }));
    } else return value;
    return undefined;
  };
  const flag = (name: string): boolean => {
    const value = entry[name] ?? true;
    if (typeof value !== 'boolean') fail(name, 'it is neither true nor false', at(name));
    return value !== false;
  };
  for (const name of Object.keys(entry)) {
    if (!settings.includes(name)) fail(name, 'key sets have no such setting', locations.keySpan(entry, name));
  }
  const name = text('name');
  if (name === undefined && isWhole) fail('name', 'it is missing', span);
  if (name !== undefined && names.has(name)) fail('name', `another key set is called ${name}`, at('name'));
  if (name !== undefined) names.add(name);
  const removal = text('removalPolicy') ?? 'retain';
  // KMS has no snapshots; the CDK would refuse `snapshot` for a key.
  if (removal !== 'retain' && removal !== 'destroy')
    fail('removalPolicy', 'it is neither retain nor destroy', at('removalPolicy'));
  const targets = entry.deploymentTargets;
  if (!isMapping(targets)) fail('deploymentTargets', 'it is not a mapping', at('deploymentTargets'));
  const list = (of: keyof Targets): readonly string[] => {
    const value = isMapping(targets) ? (targets[of] ?? []) : [];
    const texts = Array.isArray(value)
      ? value.filter((one) => typeof one === 'string' && !one.includes('{{'))
      : undefined;
    if (texts === undefined || texts.length < (value as readonly unknown[]).length) {
      fail(`deploymentTargets.${of}`, 'it is not a list of names', at('deploymentTargets'));
    }
    return texts ?? [];
  };
  const keySet: KeySet = {
    name: name ?? '',
    span: at('name'),
    alias: text('alias'),
    policy: text('policy'),
    policySpan: at('policy'),
    description: text('description'),
    enabled: flag('enabled'),
    enableKeyRotation: flag('enableKeyRotation'),
    removal: removal === 'destroy' ? 'destroy' : 'retain',
    targets: {
      accounts: list('accounts'),
      organizationalUnits: list('organizationalUnits'),
      excludedAccounts: list('excludedAccounts'),
      excludedRegions: list('excludedRegions'),
    },
  };
  return isWhole ? keySet : undefined;
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

/**
 * The policy of a key set: the CDK adds the statement that lets the account's IAM policies decide, and the accelerator
 * adds the file's statements. A file that contains that statement already adds nothing.
 */
function policyOf(
  keySet: KeySet,
  span: Span,
  place: Place,
  values: PlaceExpressions,
  files: readonly SourceFile[],
  folder: string,
  surroundings: Surroundings,
  collector: Collector,
): PolicyDocument | undefined {
  const root: Statement = {
    effect: 'Allow',
    principals: [
      {
        kind: 'aws',
        arn: concat(literal('arn:'), values.partition, literal(':iam::'), values.account, literal(':root')),
      },
    ],
    actions: ['kms:*'],
    resources: [literal('*')],
    conditions: [],
    source: { span, through: 'the default key policy' },
  };
  if (keySet.policy === undefined) return { statements: [root] };
  const path = policyPath(folder, keySet.policy);
  const file = files.find((one) => one.path === path);
  if (file === undefined) {
    collector.add(report(missingPolicyFile, keySet.policySpan, { keySet: keySet.name, path }));
    return undefined;
  }
  const { document, diagnostics, span: fileSpan, spanOf } = readPolicyFile(file, values, place, surroundings);
  collector.add(...diagnostics);
  if (diagnostics.length > 0) return undefined;
  const resource = `the key set ${keySet.name}`;
  const source = { document, resource, span: fileSpan, spanOf, partition: values.partition };
  const policy = collector.take(readPolicy('key', source));
  if (policy === undefined || policy.statements.some((statement) => isRoot(statement, root))) return policy;
  return { ...policy, statements: [root, ...policy.statements] };
}

/** Whether a statement gives the account as much as the default one. */
function isRoot(statement: Statement, root: Statement): boolean {
  const { effect, principals = [], actions = [], resources = [], conditions } = statement;
  const wanted = JSON.stringify(root.principals?.[0]);
  return (
    effect === 'Allow' &&
    conditions.length === 0 &&
    principals.some((principal) => JSON.stringify(principal) === wanted) &&
    actions.some((action) => action === 'kms:*' || action === '*') &&
    resources.some((resource) => expressionKey(resource) === expressionKey(literal('*')))
  );
}
