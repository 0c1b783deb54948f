import { type Context, type ContextEntry, contextKey, dummyKeyId } from '@keywright/core/context/context';
import { dummyUsed } from '@keywright/core/diagnostics/context';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { partitionOf } from '@keywright/core/kms/partitions';
import { accountId, region as regionName } from '@keywright/core/language/text';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { parseSource } from '@keywright/core/syntax/parse';
import { importedAssumptions, noCdkContext, notImported } from './diagnostics.ts';
import { entryOfId } from './entry.ts';

/**
 * Reads the KMS keys in a `cdk.context.json`: the entries `key-provider:account=…:aliasName=…:region=…`, which contain a key id. Skips all
 * other entries, and reports a key's entry that cannot be understood (KW5141). The CDK records only the id, so a key is assumed to be a
 * symmetric encryption key, which KW5140 reports. Nothing is assumed about AWS managed keys, since all are symmetric encryption keys. The
 * CDK's dummy entries become dummies of Keywright (KW5011). Sources: aws-cdk-lib, core/lib/context-provider.ts; AWS KMS Developer Guide,
 * "AWS managed keys".
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
  const assumed: (Span | undefined)[] = [];
  for (const [name, value] of Object.entries(entries)) {
    if (!name.startsWith('key-provider:')) continue;
    const span = parsed.locations.keySpan(entries, name);
    const entry = importEntry(name, value);
    if (typeof entry === 'string') {
      diagnostics.push(report(notImported, span, { entry: name, reason: entry }));
      continue;
    }
    context.set(contextKey(entry), entry);
    if (entry.keyId === dummyKeyId) diagnostics.push(report(dummyUsed, span, entry));
    else if (entry.manager === 'CUSTOMER') assumed.push(span);
  }
  if (assumed.length > 0) diagnostics.push(report(importedAssumptions, assumed[0], { count: assumed.length }));
  return { context, diagnostics };
}

/** Returns the entry, or the reason why there is none. */
function importEntry(name: string, value: unknown): ContextEntry | string {
  const { account, region, aliasName: alias } = propertiesOf(name);
  if (account === undefined || !accountId.safeParse(account).success) return 'its name has no account id';
  if (region === undefined || !regionName.safeParse(region).success) return 'its name has no region';
  if (alias === undefined || !/^alias\/[A-Za-z0-9/_-]+$/.test(alias)) return 'its name has no alias';
  const keyId = isMapping(value) ? value.keyId : undefined;
  if (typeof keyId !== 'string' || !/^[0-9A-Za-z-]+$/.test(keyId)) return 'it holds no key id';
  return entryOfId({ account, region, alias, partition: partitionOf(region) }, keyId);
}

/**
 * Returns the properties of an entry's name, such as `key-provider:account=1:region=eu-west-1`. The CDK writes `$:` for a colon in a value.
 * It also means to write `$$` for a dollar sign, but writes a single one, because `$$` in the replacement of a JavaScript `replace` is one
 * dollar sign.
 */
function propertiesOf(name: string): Readonly<Record<string, string | undefined>> {
  const parts = name.split(/(?<!\$):/).slice(1);
  return Object.fromEntries(
    parts.map((part) => {
      const [key = '', ...value] = part.split('=');
      return [key, value.join('=').replaceAll('$:', ':')];
    }),
  );
}
