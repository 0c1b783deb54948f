/** The inventory as a file: JSON with a line for each resource, so that a review shows just what came and what went. */
import * as z from 'zod';
import { programSchema } from '../ir/program.ts';
import {
  byName,
  type Inventory,
  type KnownKey,
  type KnownResource,
  type KnownStack,
  knownResourceSchema,
} from './inventory.ts';

const text = z.string();
const left = programSchema.shape.stacks.element.shape.left.unwrap().element;

const file = z.strictObject({
  version: z.literal(1),
  app: text,
  stacks: z.record(
    text,
    z.strictObject({
      definition: text.exactOptional(),
      formerly: z.strictObject({ definition: text.exactOptional() }).exactOptional(),
      environment: z.strictObject({
        name: text.exactOptional(),
        account: text.exactOptional(),
        region: text.exactOptional(),
      }),
      targets: z.array(text),
      resources: z.record(text, knownResourceSchema),
      left: z.array(left).exactOptional(),
    }),
  ),
});

/** The inventory that a text holds, or why it holds none. */
export function parseInventory(source: string): Inventory | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { reason: 'it is not JSON' };
  }
  const parsed = file.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { reason: `${issue?.path.join('.') || 'the whole of it'} is not what Keywright wrote` };
  }
  const stacks = Object.entries(parsed.data.stacks).map(
    ([name, { targets, resources, left = [], ...rest }]): KnownStack => ({
      name,
      ...rest,
      targets,
      resources: Object.entries(resources).map(([id, known]): KnownResource => ({ id, ...known })),
      left,
    }),
  );
  return { app: parsed.data.app, stacks: byName(stacks) };
}

/** The text of an inventory. What most keys have in common is left out. */
export function formatInventory({ app, stacks }: Inventory): string {
  const all = stacks.map(({ name, definition, formerly, environment, targets, resources, left }) => {
    const lines = resources.map(({ id, ...known }) => `        ${quote(id)}: ${inline(ordered(known))}`);
    const gone = left.map((one) => `        ${inline(ordered(one))}`);
    const origin = definition === undefined ? '' : `\n      "definition": ${quote(definition)},`;
    const before = formerly === undefined ? '' : `\n      "formerly": ${inline(formerly)},`;
    return `    ${quote(name)}: {${origin}${before}
      "environment": ${inline(environment)},
      "targets": ${inline(targets)},
      "resources": {${block(lines, '      ')}}${gone.length === 0 ? '' : `,\n      "left": [${block(gone, '      ')}]`}
    }`;
  });
  return `{\n  "version": 1,\n  "app": ${quote(app)},\n  "stacks": {${block(all, '  ')}}\n}\n`;
}

const defaults: Partial<KnownKey> = {
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
  removal: 'retain',
};

const usual: Readonly<Record<string, unknown>> = defaults;

/** The order of properties on a line, whatever that of the value. */
const order = [
  ...['kind', 'key', 'label', 'alias', 'grant', 'environment', 'region', 'spec', 'usage', 'origin', 'multiRegion'],
  ...['removal', 'names', 'formerNames', 'formerStack', 'toStack'],
];

function ordered(one: object): object {
  const values: Readonly<Record<string, unknown>> = { ...one };
  const kept: Record<string, unknown> = {};
  for (const name of order) {
    const value = values[name];
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
