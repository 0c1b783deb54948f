import { contextContradicts, contextTwice } from '../diagnostics/context.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { keySpecs, keyUsages } from '../kms/key-specs.ts';
import { accountId, region } from '../language/text.ts';
import { validateStructure } from '../language/validate.ts';
import { elements, property, whole } from '../project/located.ts';
import * as z from '../schema/schema.ts';
import type { SourceFile } from '../source/span.ts';
import { parseSource } from '../syntax/parse.ts';
import { type Context, type ContextEntry, contextKey } from './context.ts';

const entry = z.strictObject({
  account: accountId,
  region,
  alias: z.string().regex(/^alias\/.+$/, { error: 'an alias in the context file is written with `alias/`' }),
  keyId: z.string().regex(/^[A-Za-z0-9-]+$/, { error: 'a key id has letters, digits and "-" only' }),
  arn: z.string().regex(/^arn:[^:]+:kms:[^:]+:\d{12}:key\/.+$/, { error: 'this is not the ARN of a KMS key' }),
  spec: z.enum(keySpecs),
  usage: z.enum(keyUsages),
  manager: z.enum(['AWS', 'CUSTOMER']),
  multiRegion: z.boolean(),
});

const contextFile = z.strictObject({
  version: z.literal(1, { error: 'this version of Keywright reads version 1 of the context file' }),
  aliases: z.array(entry),
});

export interface ParsedContext {
  /** `undefined` if the file does not have the form of a context file. */
  readonly context: Context | undefined;
  /** The entries of `context` that no build may use, by `contextKey`; each has a diagnostic. */
  readonly doubtful: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses `keywright.context.json`. Reports mistakes in the file's form, entries that contradict their own ARN (KW5001), and repeated
 * aliases (KW5002).
 */
export function parseContextFile(source: SourceFile): ParsedContext {
  const parsed = parseSource(source);
  if (parsed.value === undefined) return { context: undefined, doubtful: new Set(), diagnostics: parsed.diagnostics };
  const validated = validateStructure(contextFile, parsed);
  if (validated.value === undefined)
    return { context: undefined, doubtful: new Set(), diagnostics: validated.diagnostics };

  const diagnostics: Diagnostic[] = [];
  const context = new Map<string, ContextEntry>();
  const doubtful = new Set<string>();
  for (const { value, span } of elements(property(whole(parsed, validated.value), 'aliases'))) {
    const key = contextKey(value);
    const [, , , arnRegion, arnAccount, resource] = value.arn.split(':');
    if (arnRegion !== value.region || arnAccount !== value.account || resource !== `key/${value.keyId}`) {
      diagnostics.push(report(contextContradicts, span, { alias: value.alias, arn: value.arn }));
      doubtful.add(key);
    }
    if (context.has(key)) {
      diagnostics.push(
        report(contextTwice, span, { alias: value.alias, account: value.account, region: value.region }),
      );
      doubtful.add(key);
    }
    context.set(key, value);
  }
  return { context, doubtful, diagnostics };
}

/** Whether `parseContextFile` would accept an entry. Only such entries are written. */
export function isContextEntry(candidate: ContextEntry): boolean {
  return entry.safeParse(candidate).success;
}

/** Prints the context file: entries sorted by account, region and alias, a line per field, so that a review shows exactly what changed. */
export function formatContextFile(context: Context): string {
  const aliases = [...context]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { account, region, alias, keyId, arn, spec, usage, manager, multiRegion }]) => ({
      account,
      region,
      alias,
      keyId,
      arn,
      spec,
      usage,
      manager,
      multiRegion,
    }));
  return `${JSON.stringify({ version: 1, aliases }, undefined, 2)}\n`;
}
