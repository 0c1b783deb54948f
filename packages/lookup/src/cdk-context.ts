import { type Context, type ContextEntry, contextKey } from '@keywright/core/context/context';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { partitionOf } from '@keywright/core/kms/partitions';
import { accountId, region as regionName } from '@keywright/core/language/text';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { parseSource } from '@keywright/core/syntax/parse';
import { importedAssumptions, noCdkContext, notImported } from './diagnostics.ts';
import { entryOfId } from './entry.ts';

/**
 * What a `cdk.context.json` knows about KMS keys: its entries `key-provider:account=…:aliasName=…:region=…`, which hold
 * a key id. What else it holds is passed over; an entry of a key that cannot be understood is KW5141. The CDK records
 * less than a context entry has: KW5140 says so. Source of the format: aws-cdk-lib, core/lib/context-provider.ts.
 */
export function importCdkContext(source: SourceFile): {
  readonly context: Context;
  readonly diagnostics: readonly Diagnostic[];
} {
  const parsed = parseSource(source);
  if (parsed.value === undefined) return { context: new Map(), diagnostics: parsed.diagnostics };
  const entries = parsed.value;
  if (!isMapping(entries)) {
    const start = { file: source.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return { context: new Map(), diagnostics: [report(noCdkContext, start, {})] };
  }

  const diagnostics: Diagnostic[] = [];
  const context = new Map<string, ContextEntry>();
  let firstAssumed: Span | undefined;
  let assumed = 0;
  for (const [name, value] of Object.entries(entries)) {
    if (!name.startsWith('key-provider:')) continue;
    const span = parsed.locations.keySpan(entries, name);
    const entry = importEntry(name, value);
    if (typeof entry === 'string') {
      diagnostics.push(report(notImported, span, { entry: name, reason: entry }));
      continue;
    }
    context.set(contextKey(entry), entry);
    // AWS managed keys are all symmetric encryption keys: AWS KMS Developer Guide, "AWS managed keys".
    if (entry.manager === 'AWS') continue;
    assumed += 1;
    firstAssumed ??= span;
  }
  if (assumed > 0) diagnostics.push(report(importedAssumptions, firstAssumed, { count: assumed }));
  return { context, diagnostics };
}

/** The entry, or why there is none. */
function importEntry(name: string, value: unknown): ContextEntry | string {
  const { account, region, aliasName: alias } = propertiesOf(name);
  if (!accountId.safeParse(account).success || account === undefined) return 'its name has no account id';
  if (!regionName.safeParse(region).success || region === undefined) return 'its name has no region';
  if (alias === undefined || !/^alias\/.+$/.test(alias)) return 'its name has no alias';
  const keyId = isMapping(value) ? value.keyId : undefined;
  if (typeof keyId !== 'string' || !/^[0-9A-Za-z-]+$/.test(keyId)) return 'it holds no key id';
  return entryOfId({ account, region, alias, partition: partitionOf(region) }, keyId);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `account=1:region=eu-west-1` as properties. The CDK writes `$:` for a colon in a value and `$$` for a dollar sign. */
function propertiesOf(name: string): Readonly<Record<string, string | undefined>> {
  const parts = name.match(/(?:\$.|[^:$])+/gs) ?? [];
  return Object.fromEntries(
    parts.flatMap((part) => {
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(part) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value.replace(/\$(.)/gs, '$1')]];
    }),
  );
}
