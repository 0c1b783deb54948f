import {
  type Context,
  type ContextEntry,
  contextKey,
  dummyKeyId,
  type LookupQuery,
} from '@keywright/core/context/context';
import { contextMissing } from '@keywright/core/diagnostics/context';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Clients } from './clients.ts';
import { interrupted, timeIsOver } from './diagnostics.ts';
import { findKeys } from './find-keys.ts';
import { checkEntry, type Finding, findingOf, sameEntry } from './finding.ts';
import { inParallel } from './in-parallel.ts';
import { openPlace } from './open-place.ts';
import { groupByPlace, type PlaceQueries } from './place.ts';
import { keepingSecrets, redact } from './redact.ts';
import { createSdkClients } from './sdk-clients.ts';

export interface ResolveOptions {
  readonly queries: readonly LookupQuery[];
  readonly context: Context;
  /** `missing` asks for missing entries; `refresh` asks for everything again; `check` asks for everything and only compares. */
  readonly mode: 'missing' | 'refresh' | 'check';
  /** Stops asking when it is aborted. The findings so far are returned. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly clients?: Clients;
  /** The time limit for the whole lookup, in minutes. */
  readonly minutes?: number;
}

/** An entry that is added, changed or removed; `key` is its `contextKey`. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly key: string;
}

export interface Resolution {
  /** The given context with the findings added; unchanged in mode `check`. Entries without a query are kept. */
  readonly context: Context;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether some account refused a call or could not be reached. */
  readonly unreachable: boolean;
  readonly changes: readonly Change[];
}

const placesAtATime = 6;

/** The default time limit for a whole lookup, in minutes. A thousand accounts that answer take half as long. */
const longestLookup = 10;

/**
 * Resolves aliases against live accounts. If an account does not answer, its entries stay; the answers of other accounts are still
 * recorded. An entry is removed if its alias is known not to exist, or not to have a usable key.
 */
export async function resolveLookups(options: ResolveOptions): Promise<Resolution> {
  const { queries, context, mode, onProgress, minutes = longestLookup } = options;
  const interruption = options.signal ?? new AbortController().signal;
  const { clients, secrets } = keepingSecrets(options.clients ?? createSdkClients());
  const requested = queries.filter((query) => isWanted(query, context.get(contextKey(query)), mode));

  let done = 0;
  const countOne = () => {
    done += 1;
    onProgress?.({ done, total: requested.length });
  };
  const timeOver = new AbortController();
  const timer = setTimeout(() => timeOver.abort(), minutes * 60_000);
  const signal = AbortSignal.any([interruption, timeOver.signal]);
  const places = await inParallel(groupByPlace(requested), placesAtATime, (place) =>
    findInPlace(clients, place, signal, countOne),
  ).finally(() => clearTimeout(timer));
  const findings = places.flatMap((place) => [...place.findings]);
  const placeDiagnostics = places.flatMap(({ diagnostic }) => diagnostic ?? []);

  const answered = findings.filter(([, { kind }]) => kind !== 'unknown').length;
  const diagnostics = [
    ...placeDiagnostics,
    ...(mode === 'check'
      ? check(queries, context, findings)
      : findings.flatMap(([, finding]) => finding.diagnostic ?? [])),
    ...(signal.aborted && answered < requested.length
      ? [
          interruption.aborted
            ? report(interrupted, undefined, { done: answered, total: requested.length })
            : report(timeIsOver, undefined, { done: answered, total: requested.length, minutes }),
        ]
      : []),
  ];
  return {
    ...(mode === 'check' ? { context, changes: [] } : record(context, findings)),
    diagnostics: withoutRepetitions(diagnostics.map((diagnostic) => withoutSecrets(diagnostic, secrets))),
    unreachable:
      placeDiagnostics.length > 0 ||
      (timeOver.signal.aborted && answered < requested.length) ||
      findings.some(([, { kind, diagnostic }]) => kind === 'unknown' && diagnostic !== undefined),
  };
}

function isWanted(query: LookupQuery, entry: ContextEntry | undefined, mode: ResolveOptions['mode']): boolean {
  switch (mode) {
    case 'refresh':
      return true;
    case 'check':
      return entry !== undefined;
    case 'missing':
      // A dummy is not enough if the project now requires the alias.
      return entry === undefined || (entry.keyId === dummyKeyId && query.whenMissing === 'error');
  }
}

type Findings = readonly (readonly [LookupQuery, Finding])[];

interface PlaceFindings {
  readonly findings: Findings;
  /** Says why the place could not be asked at all. */
  readonly diagnostic?: Diagnostic;
}

async function findInPlace(
  clients: Clients,
  { place, queries }: PlaceQueries,
  signal: AbortSignal,
  countOne: () => void,
): Promise<PlaceFindings> {
  const unknown: Findings = queries.map((query) => [query, { kind: 'unknown' }]);
  if (signal.aborted) return { findings: unknown };
  const opening = await openPlace(clients, place, signal);
  if (opening.kind === 'refused') {
    queries.forEach(countOne);
    return { findings: unknown, ...(opening.diagnostic && { diagnostic: opening.diagnostic }) };
  }
  const { opened } = opening;
  const answers = await findKeys(opened, queries, countOne).finally(() => opened.kms.close());
  return { findings: answers.map(([query, answer]) => [query, findingOf(query, answer)]) };
}

function record(context: Context, findings: Findings): Pick<Resolution, 'context' | 'changes'> {
  const next = new Map(context);
  const changes: Change[] = [];
  for (const [query, finding] of findings) {
    const key = contextKey(query);
    const before = context.get(key);
    if (finding.kind === 'entry') {
      if (before !== undefined && sameEntry(before, finding.entry)) continue;
      next.set(key, finding.entry);
      changes.push({ kind: before === undefined ? 'added' : 'changed', key });
    } else if (finding.kind === 'nothing' && next.delete(key)) {
      changes.push({ kind: 'removed', key });
    }
  }
  return { context: next, changes: changes.sort((one, other) => (one.key < other.key ? -1 : 1)) };
}

function check(queries: readonly LookupQuery[], context: Context, findings: Findings): readonly Diagnostic[] {
  const unrecorded = queries.filter((query) => !context.has(contextKey(query)));
  return [
    ...unrecorded.map(({ alias, account, region, span }) => report(contextMissing, span, { alias, account, region })),
    ...findings.flatMap(([query, finding]) => {
      const recorded = context.get(contextKey(query));
      return (recorded && checkEntry(query, recorded, finding)) ?? [];
    }),
  ];
}

/**
 * Removes secrets from every diagnostic, because not only errors repeat what an endpoint returns: texts with an ARN or a spec do so too.
 */
function withoutSecrets(diagnostic: Diagnostic, secrets: ReadonlySet<string>): Diagnostic {
  return { ...diagnostic, message: redact(diagnostic.message, secrets), help: redact(diagnostic.help, secrets) };
}

/** Removes repeated diagnostics, because a failure of a place is reported for each of its queries. */
function withoutRepetitions(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}
