import type { Target } from '@keywright/core/emit/emitter';
import { compileDraft } from '../draft/compile-draft.ts';
import { type Draft, type Entry, entryKey } from '../draft/draft.ts';
import { differences, type Meaning, meaningOf } from '../meaning/meaning.ts';
import type { Owner } from '../raw/owners.ts';

/** The meaning that a draft must keep when it is rewritten. */
export interface Sense {
  readonly targets: readonly Target<unknown>[];
  readonly meaning: Meaning;
  /** Maps the name of a stack to a map from the parts of the stack's meaning to their owners. */
  readonly owners: ReadonlyMap<string, ReadonlyMap<string, Owner>>;
  /** The codes of errors that are about whole stacks, and that the draft had before any rewriting. */
  readonly tolerated: ReadonlySet<string>;
}

/** A shorter way to write something. */
export interface Proposal {
  /** The part of the draft that the proposal rewrites. Of several proposals for the same unit, one is kept. */
  readonly unit: string;
  readonly entries: readonly Entry[];
  /** Changes a copy of the draft in place. */
  readonly apply: (draft: Draft) => void;
}

export interface Outcome {
  readonly draft: Draft;
  readonly kept: ReadonlySet<string>;
}

/** The number of times that failing proposals are removed before all are discarded. */
const attempts = 5;

/**
 * Applies the proposals that keep the meaning of the draft. All proposals are tried at once. Then proposals whose entries no longer match
 * are dropped, and the rest are tried again.
 */
export function applyEquivalent(draft: Draft, proposals: readonly Proposal[], sense: Sense): Outcome {
  let remaining = proposals;
  for (let attempt = 0; attempt < attempts && remaining.length > 0; attempt += 1) {
    const next = structuredClone(draft);
    for (const { apply } of remaining) apply(next);
    const wrong = wrongEntries(next, sense);
    if (wrong === undefined) break;
    if (wrong.size === 0) return { draft: next, kept: new Set(remaining.map(({ unit }) => unit)) };
    const good = remaining.filter(({ entries }) => entries.every((entry) => !wrong.has(entryKey(entry))));
    if (good.length === remaining.length) break; // no proposal causes the error
    remaining = good;
  }
  return { draft, kept: new Set() };
}

/** Returns the entries of a draft that no longer match; `undefined` if these cannot be found. */
function wrongEntries(draft: Draft, { targets, meaning, owners, tolerated }: Sense): ReadonlySet<string> | undefined {
  const { compilation, errors } = compileDraft(draft, targets);
  const wrong = new Set<string>();
  for (const { entry, diagnostic } of errors) {
    if (entry === undefined && tolerated.has(diagnostic.code)) continue;
    if (entry === undefined) return undefined;
    wrong.add(entryKey(entry));
  }
  if (compilation.program === undefined) return undefined;
  if (wrong.size > 0) return wrong;
  const draftMeaning = meaningOf(compilation.program, targets);
  for (const { stack, part } of [...differences(meaning, draftMeaning), ...differences(draftMeaning, meaning)]) {
    const owner = owners.get(stack)?.get(part);
    if (owner === undefined) return undefined;
    wrong.add(entryKey(owner.entry));
  }
  return wrong;
}

/** Changes the whole draft if that keeps its meaning; returns the changed draft, or the original one. */
export function changeIfEquivalent(draft: Draft, change: (draft: Draft) => void, sense: Sense): Draft {
  const next = structuredClone(draft);
  change(next);
  return wrongEntries(next, sense)?.size === 0 ? next : draft;
}
