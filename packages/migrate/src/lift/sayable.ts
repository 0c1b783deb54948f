/** Finds the part of a program that the language can express: the part that means the same once it is compiled again. */

import { groupBy } from '@keywright/core/collections/group-by';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { cannotExpress } from '@keywright/core/diagnostics/target';
import type { Target } from '@keywright/core/emit/emitter';
import type { Statement } from '@keywright/core/ir/policy';
import type { Program } from '@keywright/core/ir/program';
import { targetLimitExceeded } from './diagnostics.ts';
import { compileDraft, type DraftError, type StatementEntry } from './draft/compile-draft.ts';
import { type Draft, type Entry, entryKey, mapStacks } from './draft/draft.ts';
import { LeftOut } from './left-out.ts';
import { differences, type Meaning, meaningOf } from './meaning/meaning.ts';
import type { MovedAddress, Normalised } from './normalise.ts';
import type { Owner } from './raw/owners.ts';
import { policyEntryNames } from './raw/policy-entry-names.ts';
import { rawDraft } from './raw/raw-draft.ts';
import type { Problem } from './raw/raw-stack.ts';

interface Sayable {
  readonly draft: Draft;
  readonly meaning: Meaning;
  /** Maps the name of a stack to a map from the parts of the stack's meaning to their owners. */
  readonly owners: ReadonlyMap<string, ReadonlyMap<string, Owner>>;
  readonly diagnostics: readonly Diagnostic[];
  /** The codes of errors that remain because a target cannot accept a stack as a whole. */
  readonly tolerated: ReadonlySet<string>;
}

/**
 * Returns the program without the parts that the language cannot express, and the meaning of the rest. `options` are those of the targets.
 */
export function sayable(
  { program, positions, moved, findings }: Normalised,
  targets: readonly Target<unknown>[],
  options: Readonly<Record<string, unknown>> | undefined,
): Sayable {
  const leftOut = new LeftOut(program, positions);
  const { owners, diagnostics } = leftOut;
  const { draft: whole, unsaid } = rawDraft(program, targets, options);
  leftOut.leave(unsaid);
  const complete = meaningOf(program, targets);
  for (;;) {
    const draft = withMoves(leftOut.draftWithout(whole), leftOut.others(moved));
    const meaning = leftOut.meaningWithout(complete);
    const before = leftOut.count;
    const { compilation, errors } = compileDraft(draft, targets);
    const openErrors = errors.filter(({ entry, diagnostic: { code } }) => entry !== undefined || !isOfTarget(code));
    const isOfTargets = openErrors.some(({ diagnostic: { code } }) => code === cannotExpress.code);
    const expressibleBy = isOfTargets ? targetsByEntry(draft, targets) : () => [];
    leaveErrors(openErrors, expressibleBy, program, leftOut);
    if (openErrors.length === 0 && compilation.program !== undefined) {
      leaveDifferences(meaning, meaningOf(compilation.program, targets), leftOut);
      if (leftOut.count === before) {
        const limits = new Map(errors.map(({ diagnostic: { code, message } }) => [message, code]));
        const exceeded = [...limits.keys()].map((problem) => report(targetLimitExceeded, undefined, { problem }));
        const about = leftOut.others(findings).map(({ diagnostic }) => diagnostic);
        const all = [...about, ...diagnostics, ...exceeded];
        return { draft, meaning, owners, diagnostics: all, tolerated: new Set(limits.values()) };
      }
    }
    if (leftOut.count > before) continue;
    // The error is about no stack, but about a name of the project.
    const [error] = openErrors;
    if (error === undefined || leftOut.isEverything)
      return { draft: { ...draft, stacks: {} }, meaning: new Map(), owners, diagnostics, tolerated: new Set() };
    leftOut.leaveEverything(error.diagnostic.message);
  }
}

/** Leaves out the entries that have errors. If no entry has an error, leaves out the stacks that have errors. */
function leaveErrors(
  errors: readonly DraftError[],
  expressibleBy: (entry: Entry) => readonly string[],
  program: Program,
  leftOut: LeftOut,
): void {
  const before = leftOut.count;
  leftOut.leave(
    errors.flatMap(({ entry, statement, diagnostic: { code, message } }): readonly Problem[] => {
      if (entry === undefined) return [];
      const where = statement && statementAt(program, entry, statement);
      const problem = { entry, problem: message, statement: where };
      return [code === cannotExpress.code ? { ...problem, expressibleBy: expressibleBy(entry) } : problem];
    }),
  );
  // A stack often has no errors left once the entries with errors are left out, so stacks are left out only in the next attempt.
  if (leftOut.count > before) return;
  for (const { stacks = [], diagnostic } of errors) {
    for (const stack of stacks) leftOut.leaveStack(stack, diagnostic.message);
  }
}

/** Returns the names of the targets that have no error in an entry of a draft. */
function targetsByEntry(draft: Draft, targets: readonly Target<unknown>[]): (entry: Entry) => readonly string[] {
  const wrong = targets.map(({ name }) => {
    const { errors } = compileDraft(
      mapStacks(draft, (stack) => ({ ...stack, targets: [name] })),
      targets,
    );
    return { name, entries: new Set(errors.flatMap(({ entry }) => (entry === undefined ? [] : entryKey(entry)))) };
  });
  return (entry) => wrong.flatMap(({ name, entries }) => (entries.has(entryKey(entry)) ? [] : name));
}

function leaveDifferences(meaning: Meaning, compiled: Meaning, leftOut: LeftOut): void {
  const problem = 'compiled from the YAML, it would mean something else';
  const problems: Problem[] = [];
  for (const { stack, part } of differences(meaning, compiled)) {
    const owner = leftOut.owners.get(stack)?.get(part);
    if (owner === undefined) leftOut.leaveStack(stack, problem);
    else problems.push({ entry: owner.entry, problem });
  }
  leftOut.leave(problems);
}

function withMoves(draft: Draft, moved: readonly MovedAddress[]): Draft {
  const byStack = groupBy(moved, ({ stack }) => stack);
  return mapStacks(draft, (stack, name) => {
    const ofStack = byStack.get(name);
    return ofStack === undefined ? stack : { ...stack, moved: ofStack.map(({ definition }) => definition) };
  });
}

/**
 * Whether an error says that a target cannot accept a stack as a whole. Such an error leaves nothing out: the keys can be split over
 * several stacks.
 */
function isOfTarget(code: string): boolean {
  return code.startsWith('KW4');
}

/** Returns the program's statement at a position in an entry of its draft. */
function statementAt(program: Program, entry: Entry, { replica, index }: StatementEntry): Statement | undefined {
  const stack = program.stacks.find(({ name }) => name === entry.stack);
  if (stack === undefined) return undefined;
  const { resources } = stack;
  if (entry.section === 'identityPolicies') {
    const names = policyEntryNames(stack);
    const policy = resources.find((one) => one.kind === 'identityPolicy' && names.get(one) === entry.name);
    return policy?.kind === 'identityPolicy' ? policy.document.statements[index] : undefined;
  }
  const key = resources.find((one) => one.kind === 'key' && one.name === entry.name);
  const replicas = resources.filter((one) => one.kind === 'replicaKey' && one.primary === key?.id);
  const holder = replica === undefined ? key : replicas[replica];
  return holder?.kind === 'key' || holder?.kind === 'replicaKey' ? holder.policy.statements[index] : undefined;
}
