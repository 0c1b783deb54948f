import { report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import type { Collector } from '@keywright/core/diagnostics/result';
import type { Key } from '@keywright/core/ir/program';
import type { Span } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/parse';
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

export function keySetIn(
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
