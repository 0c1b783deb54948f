/**
 * The inventory as a file: JSON with a line for each resource, so that a review shows exactly what was added and removed. If several
 * environments of a definition have the same resources, their list is stored once. Its name is made from its content, so a change in
 * another environment does not change the name.
 */

import { byName } from '../collections/by-name.ts';
import { hashedName } from '../ir/bounded-name.ts';
import { formerStack } from '../ir/former-stack.ts';
import { leftResource } from '../ir/left-resource.ts';
import * as z from '../schema/schema.ts';
import { worthCompiling } from '../schema/zod.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import { otherVersion, parseOwnFile, type Unusable } from '../syntax/own-file.ts';
import {
  type Inventory,
  type KnownKey,
  type KnownResource,
  type KnownStack,
  knownResourceSchema,
  principalNaming,
} from './inventory.ts';

const text = z.string();
/** The maximum length of the name of shared resources, which consists of a definition's name and a hash. */
const longestName = 160;

const knownResources = z.record(text, knownResourceSchema);

const file = z.strictObject({
  version: z.literal(1),
  app: text,
  goneStacks: z.array(text).exactOptional(),
  states: z.record(text, text).exactOptional(),
  shared: z.record(text, knownResources).default({}),
  stacks: z.record(
    text,
    z.strictObject({
      definition: text.exactOptional(),
      formerStacks: z.array(formerStack).exactOptional(),
      /** The first of the former stacks, which had the same name as the stack. Earlier versions wrote this instead of `formerStacks`. */
      formerly: z.strictObject({ definition: text.exactOptional() }).exactOptional(),
      /** One name for each target, or one for all targets. */
      programs: z.union([text, z.record(text, text)]).exactOptional(),
      environment: z.strictObject({
        name: text.exactOptional(),
        account: text.exactOptional(),
        region: text.exactOptional(),
      }),
      prefixes: z.record(text, text).exactOptional(),
      formerPrefixes: z.record(text, z.array(text)).exactOptional(),
      formerRegions: z.array(text).exactOptional(),
      deletedNames: z.record(text, z.array(text)).exactOptional(),
      principals: z.record(text, principalNaming).exactOptional(),
      targets: z.array(text),
      /** The resources, or the name under `shared` that they are stored under. */
      resources: z.union([text, knownResources]),
      left: z.array(leftResource).exactOptional(),
    }),
  ),
});

/** Parses an inventory, or returns the reason why the file cannot be used. */
export function parseInventory(source: string): Inventory | Unusable {
  const json = parseOwnFile(source);
  if ('reason' in json) return json;
  const { value } = json;
  const other = isMapping(value) ? otherVersion(value.version, 1) : undefined;
  if (other !== undefined) return other;
  const parsed = file.safeParse(value, { jitless: source.length < worthCompiling });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { reason: `${issue?.path.join('.') || 'its content'} is not what Keywright wrote` };
  }
  const { app, shared, goneStacks, states } = parsed.data;
  const stacks: KnownStack[] = [];
  for (const [name, { targets, resources, programs, formerly, left = [], ...rest }] of Object.entries(
    parsed.data.stacks,
  )) {
    const its = typeof resources === 'string' ? shared[resources] : resources;
    if (its === undefined) return { reason: `stacks.${name}.resources names nothing that is under \`shared\`` };
    const all = Object.entries(its).map(([id, one]): KnownResource => ({ id, ...one }));
    const byTarget =
      typeof programs === 'string' ? Object.fromEntries(targets.map((target) => [target, programs])) : programs;
    stacks.push({
      name,
      ...(formerly !== undefined && { formerStacks: [{ name, ...formerly }] }),
      ...rest,
      ...(byTarget !== undefined && { programs: byTarget }),
      targets,
      resources: all,
      left,
    });
  }
  return {
    app,
    ...(goneStacks !== undefined && { goneStacks }),
    ...(states !== undefined && { states }),
    stacks: stacks.sort(byName),
  };
}

/** Prints an inventory. The most common values are left out. */
export function formatInventory({ app, goneStacks, states, stacks }: Inventory): string {
  const shared = new Map<string, string>();
  /** The name under which resources of a list of environments are stored, or the resources themselves if they are not shared. */
  const shareUnder = (definition: string | undefined, resources: string): string => {
    if (definition === undefined || resources === '{}') return resources;
    const name = hashedName(definition, resources, longestName);
    if ((shared.get(name) ?? resources) !== resources) return resources;
    shared.set(name, resources);
    return quote(name);
  };
  // Stacks that are like each other share one list.
  const places = new Map<readonly KnownResource[], string>();
  const placeOf = (definition: string | undefined, resources: readonly KnownResource[]): string => {
    const earlier = places.get(resources);
    if (earlier !== undefined) return earlier;
    const lines = resources.map((one) => `        ${quote(one.id)}: ${inline(ordered(one))}`);
    const place = shareUnder(definition, `{${block(lines, '      ')}}`);
    places.set(resources, place);
    return place;
  };
  const all = stacks.map(
    ({ name, definition, formerStacks, environment, programs, targets, resources, left, ...rest }) => {
      const place = placeOf(definition, resources);
      const gone = left.map((one) => `        ${inline(ordered(one))}`);
      const origin = definition === undefined ? '' : `\n      "definition": ${quote(definition)},`;
      const before = formerStacks === undefined ? '' : `\n      "formerStacks": ${inline(formerStacks)},`;
      const made =
        programs === undefined ? '' : `\n      "programs": ${inline(sameForAll(programs, targets) ?? programs)},`;
      const more = (['prefixes', 'formerPrefixes', 'formerRegions', 'deletedNames', 'principals'] as const).map(
        (property) => (rest[property] === undefined ? '' : `\n      ${quote(property)}: ${inline(rest[property])},`),
      );
      return `    ${quote(name)}: {${origin}${before}
      "environment": ${inline(environment)},${made}${more.join('')}
      "targets": ${inline(targets)},
      "resources": ${place}${gone.length === 0 ? '' : `,\n      "left": [${block(gone, '      ')}]`}
    }`;
    },
  );
  const together = [...shared]
    .sort()
    .map(([name, resources]) => `    ${quote(name)}: ${resources.replaceAll(/^ {2}/gm, '')}`);
  const before = together.length === 0 ? '' : `\n  "shared": {${block(together, '  ')}},`;
  const gone = goneStacks === undefined ? '' : `\n  "goneStacks": ${inline(goneStacks)},`;
  const statesLine = states === undefined ? '' : `\n  "states": ${inline(states)},`;
  return `{\n  "version": 1,\n  "app": ${quote(app)},${gone}${statesLine}${before}\n  "stacks": {${block(all, '  ')}}\n}\n`;
}

function sameForAll(values: Readonly<Record<string, string>>, names: readonly string[]): string | undefined {
  const [first] = Object.values(values);
  return names.every((name) => values[name] === first) ? first : undefined;
}

const defaults: Partial<KnownKey> = {
  key: '',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
  removal: 'retain',
};

const usual: Readonly<Record<string, unknown>> = defaults;

/** The properties on a line, in order. The id comes before them. */
const order = [
  ...[
    'kind',
    'key',
    'label',
    'alias',
    'grant',
    'content',
    'policy',
    'environment',
    'replicaEnvironment',
    'region',
    'spec',
    'usage',
    'origin',
    'multiRegion',
    'customKeyStore',
    'xksKey',
  ],
  ...['removal', 'names', 'formerNames', 'formerStacks', 'isRepointed', 'toStack'],
];

function ordered(one: Readonly<Record<string, unknown>>): object {
  const kept: Record<string, unknown> = {};
  for (const name of order) {
    const value = one[name];
    if (value !== undefined && value !== usual[name]) kept[name] = value;
  }
  return kept;
}

function block(lines: readonly string[], indent: string): string {
  return lines.length === 0 ? '' : `\n${lines.join(',\n')}\n${indent}`;
}

const quote = (value: string) => JSON.stringify(value);

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, inner]) => `${quote(name)}: ${inline(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
