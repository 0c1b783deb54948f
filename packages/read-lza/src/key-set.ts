import { report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { Key } from '@keywright/core/ir/program';
import type { Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/locations';
import { badSetting } from './diagnostics.ts';
import type { Targets } from './place.ts';

/** A key set with validated settings. The defaults are the accelerator's. */
export interface KeySet {
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

/**
 * The settings of a key set. Source: awslabs/landing-zone-accelerator-on-aws, config/lib/models/security-config.ts, IKeyConfig; the
 * defaults in config/lib/security-config.ts.
 */
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

/** An entry under `keySets`. */
export interface KeySetEntry {
  readonly value: unknown;
  /** For example `keyManagementService.keySets[0]`. */
  readonly setting: string;
  readonly span: Span;
  readonly locations: Locations;
}

/**
 * Returns the key set of an entry; `undefined` if anything in it is wrong. Adds the name of the entry to `names`, which has those of
 * earlier entries.
 */
export function keySetIn(entry: KeySetEntry, names: Set<string>): Result<KeySet | undefined> {
  const { value, setting, span } = entry;
  if (!isMapping(value)) {
    const problem = 'it is not a mapping';
    return { value: undefined, diagnostics: [report(badSetting, span, { setting, problem })] };
  }
  const { collector, fail, at, text, flag } = createReader(value, entry);
  for (const name of Object.keys(value)) {
    if (!settings.includes(name)) fail(name, 'key sets have no such setting', entry.locations.keySpan(value, name));
  }
  const name = text('name');
  if (name === undefined && collector.diagnostics.length === 0) fail('name', 'it is missing', span);
  if (name !== undefined && names.has(name)) fail('name', `another key set is called ${name}`);
  if (name !== undefined) names.add(name);
  const removal = text('removalPolicy') ?? 'retain';
  // KMS has no snapshots; the CDK would refuse `snapshot` for a key.
  if (removal !== 'retain' && removal !== 'destroy') fail('removalPolicy', 'it is neither retain nor destroy');
  const targets = value.deploymentTargets;
  if (!isMapping(targets)) fail('deploymentTargets', 'it is not a mapping');
  const list = (of: keyof Targets): readonly string[] => {
    const written = isMapping(targets) ? (targets[of] ?? []) : [];
    const texts = Array.isArray(written)
      ? written.filter((one) => typeof one === 'string' && !one.includes('{{'))
      : undefined;
    if (texts === undefined || texts.length < (written as readonly unknown[]).length) {
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
  return collector.result(collector.diagnostics.length === 0 ? keySet : undefined);
}

function createReader(keySet: Mapping, { setting, span, locations }: KeySetEntry) {
  const collector = createCollector();
  const at = (name: string) => locations.valueSpan(keySet, name) ?? span;
  const fail = (name: string, problem: string, failed: Span | undefined = at(name)) =>
    collector.add(report(badSetting, failed, { setting: `${setting}.${name}`, problem }));
  const text = (name: string): string | undefined => {
    const value = keySet[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') fail(name, 'it is not text');
    else if (value.includes('{{')) {
      const reason = 'it uses a replacement whose value is not in the files';
      const advice = 'write its value into the configuration before you import it';
      collector.add(report(unknownValue, at(name), { resource: setting, property: `\`${name}\``, reason, advice }));
    } else return value;
    return undefined;
  };
  const flag = (name: string): boolean => {
    const value = keySet[name] ?? true;
    if (typeof value !== 'boolean') fail(name, 'it is neither true nor false');
    return value !== false;
  };
  return { collector, fail, at, text, flag };
}
