import { type ContextEntry, dummyKeyId, type LookupQuery } from '@keywright/core/context/context';
import { isContextEntry } from '@keywright/core/context/context-file';
import { dummyUsed } from '@keywright/core/diagnostics/context';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Answer } from './ask-place.ts';
import { aliasWithoutKey, answerUnusable, entryDisagrees, noSuchAlias } from './diagnostics.ts';
import { entryOfId, entryOfKey } from './entry.ts';
import { shownPlace } from './place.ts';

/** The consequence of an answer for the context file. */
export type Finding =
  | { readonly kind: 'entry'; readonly entry: ContextEntry; readonly diagnostic?: Diagnostic }
  /** There is nothing to record, and the recorded entry is wrong. */
  | { readonly kind: 'nothing'; readonly diagnostic: Diagnostic }
  /** The answer is unknown, so the recorded entry stays. There is no diagnostic if the user interrupted the lookup. */
  | { readonly kind: 'unknown'; readonly diagnostic?: Diagnostic };

export function findingOf(query: LookupQuery, answer: Answer): Finding {
  const { alias, account, region, span } = query;
  switch (answer.kind) {
    case 'key': {
      const entry = entryOfKey(query, answer.facts);
      if ('code' in entry) return { kind: 'nothing', diagnostic: entry };
      if (isContextEntry(entry)) return { kind: 'entry', entry };
      const unusable = { alias, place: shownPlace(query), arn: entry.arn };
      return { kind: 'unknown', diagnostic: report(answerUnusable, span, unusable) };
    }
    case 'missing':
    case 'withoutKey': {
      if (query.whenMissing === 'dummy') {
        const diagnostic = report(dummyUsed, span, { alias, account, region });
        return { kind: 'entry', entry: entryOfId(query, dummyKeyId), diagnostic };
      }
      const problem = answer.kind === 'missing' ? noSuchAlias : aliasWithoutKey;
      return { kind: 'nothing', diagnostic: report(problem, span, { alias, place: shownPlace(query) }) };
    }
    case 'denied':
    case 'refused':
      return { kind: 'unknown', diagnostic: { ...answer.diagnostic, span } };
    case 'failed':
      return { kind: 'unknown', ...(answer.diagnostic && { diagnostic: answer.diagnostic }) };
  }
}

const fields = ['keyId', 'arn', 'spec', 'usage', 'manager', 'multiRegion'] as const;

/** Returns each field in which two entries for one alias differ, with both values. */
function differences(recorded: ContextEntry, current: ContextEntry): readonly string[] {
  // The ARN contains the key id.
  const telling = fields.filter((field) => field !== 'arn' || recorded.keyId === current.keyId);
  return telling.flatMap((field) =>
    recorded[field] === current[field] ? [] : [`${field} is ${current[field]}, not ${recorded[field]}`],
  );
}

export function sameEntry(one: ContextEntry, other: ContextEntry): boolean {
  return differences(one, other).length === 0;
}

/** Returns the diagnostic of `--check` for a recorded entry; `undefined` if the account agrees with the entry. */
export function checkEntry(query: LookupQuery, recorded: ContextEntry, finding: Finding): Diagnostic | undefined {
  if (finding.kind !== 'entry') return finding.diagnostic;
  const differing = differences(recorded, finding.entry);
  if (differing.length === 0) return undefined;
  const parameters = { alias: query.alias, place: shownPlace(query), differences: differing.join(', ') };
  return report(entryDisagrees, query.span, parameters);
}
