/** Turns a program into the `keywright.yaml` that means it. */
import { groupBy } from '@keywright/core/collections/group-by';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { cannotExpress } from '@keywright/core/diagnostics/target';
import type { Target } from '@keywright/core/emit/emitter';
import type { Statement } from '@keywright/core/ir/policy';
import type { Program } from '@keywright/core/ir/program';
import type { Reading } from '@keywright/core/reading/reader';
import { acceptFindings } from './accept-findings.ts';
import { entryLeftOut, targetLimitExceeded } from './diagnostics.ts';
import { compileDraft, compileText, type StatementEntry } from './draft/compile-draft.ts';
import { type Draft, type Entry, entryKey, mapStacks, withoutEntries, withoutStacks } from './draft/draft.ts';
import { inOrder } from './draft/in-order.ts';
import { printYaml } from './draft/print-yaml.ts';
import { leaving } from './leaving.ts';
import { differences, isTheSame, type Meaning, meaningOf } from './meaning/meaning.ts';
import { type MovedAddress, type Normalised, normalise } from './normalise.ts';
import { type Owner, ownersOf } from './raw/owners.ts';
import { policyEntryNames } from './raw/policy-entry-names.ts';
import { rawDraft } from './raw/raw-draft.ts';
import type { Problem } from './raw/raw-stack.ts';
import { useAccounts } from './rewrites/accounts.ts';
import { uniteDiffering } from './rewrites/differing-environments.ts';
import { recogniseIdentityGrants } from './rewrites/identity-grants.ts';
import type { Sense } from './rewrites/keep.ts';
import { nameKmsDefaultPolicies } from './rewrites/kms-default-policies.ts';
import { uniteEnvironments } from './rewrites/many-environments.ts';
import { namePrincipals } from './rewrites/named-principals.ts';
import { usePlacePlaceholders } from './rewrites/placeholders.ts';
import { recognisePolicies } from './rewrites/policies.ts';
import { dropPolicyNames } from './rewrites/policy-names.ts';
import { dropSettings } from './rewrites/settings.ts';
import { uniteStandards } from './rewrites/standards.ts';
import { namingUnknownPolicies } from './unknown-policies.ts';

export interface LiftOptions {
  /** All targets. */
  readonly targets: readonly Target<unknown>[];
  /** The options of each target by name, as they go under `targets` of the project. */
  readonly targetOptions?: Readonly<Record<string, unknown>>;
  /** The origins that the reading found. They record separate resources of a tool that are properties of a key here. */
  readonly origins?: Reading['origins'];
  /** The files for key policies that the reading did not find. They are named in the YAML, and do not exist. */
  readonly unknownPolicies?: Reading['unknownPolicies'];
}

export interface Lifted {
  /** A whole `keywright.yaml`. */
  readonly text: string;
  /** The program that it compiles to: the input without what could not be written. */
  readonly program: Program;
  /**
   * Entries that could not be written (KW8200, KW8201), names that could not be kept (KW8202), repeated statements (KW8203), and findings
   * that would have stopped the build (KW8204).
   */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Returns the YAML that `compileProject` compiles to the same program: the same policies statement by statement, the same properties and
 * names. First everything is written as it is; then shorter forms are tried, and kept if they mean the same.
 */
export function liftProgram(read: Program, options: LiftOptions): Lifted {
  const { draft, meaning, diagnostics } = liftDraft(read, options, rewritesOfWhole);
  const text = printYaml(inOrder(draft));
  const compiled = compileText(text, options.targets).program;
  if (compiled === undefined || !isTheSame(meaning, meaningOf(compiled, options.targets))) {
    throw new Error('the YAML that was printed does not mean what it has to');
  }
  const { unknownPolicies } = options;
  if (unknownPolicies === undefined) return { text, program: compiled, diagnostics };
  const named = printYaml(inOrder(namingUnknownPolicies(draft, unknownPolicies)));
  return { text: named, program: compiled, diagnostics };
}

/** Returns the YAML of a program before it is printed, its meaning, and the diagnostics for `Lifted`. */
export function liftDraft(
  read: Program,
  { targets, targetOptions, origins }: LiftOptions,
  rewrites: readonly Rewrite[] = rewritesOfAny,
): { readonly draft: Draft; readonly meaning: Meaning; readonly diagnostics: readonly Diagnostic[] } {
  const normalised = normalise(read, targets, origins);
  const { program } = normalised;
  const raw = sayable(normalised, targets, targetOptions);
  const sense: Sense = { targets, meaning: raw.meaning, owners: raw.owners, tolerated: raw.tolerated };
  const accepted = acceptFindings(raw.draft, sense);
  const draft = rewrites.reduce((current, rewrite) => rewrite(current, program, sense), accepted.value);
  return {
    draft,
    meaning: raw.meaning,
    diagnostics: [...raw.diagnostics, ...accepted.diagnostics],
  };
}

type Rewrite = (draft: Draft, program: Program, sense: Sense) => Draft;

/** Rewrites of each stack to try, in order; none of them changes the meaning. */
const rewritesOfStacks: readonly Rewrite[] = [
  recognisePolicies,
  nameKmsDefaultPolicies,
  usePlacePlaceholders,
  dropPolicyNames,
  recogniseIdentityGrants,
  dropSettings,
];

/** Rewrites for a draft to which equal stacks may be added. */
const rewritesOfAny: readonly Rewrite[] = [...rewritesOfStacks, uniteEnvironments, namePrincipals, uniteStandards];

/** Rewrites that need the whole draft, with nothing still to be added. */
const rewritesOfWhole: readonly Rewrite[] = [
  ...rewritesOfStacks,
  uniteDiffering,
  uniteEnvironments,
  namePrincipals,
  useAccounts,
  uniteStandards,
];

/** The program as it is, without what the language cannot express, and its meaning. */
function sayable(
  { program, positions, moved, findings }: Normalised,
  targets: readonly Target<unknown>[],
  options: LiftOptions['targetOptions'],
) {
  const owners = new Map(program.stacks.map((stack) => [stack.name, ownersOf(stack)]));
  const parts = [...owners.values()].flatMap((ofStack) => [...ofStack.values()]);
  const owned = groupBy(parts, ({ entry }) => entryKey(entry));
  const diagnostics: Diagnostic[] = [];
  const leftOut = new Set<string>();
  const stacksLeftOut = new Set<string>();
  const leave = (unsayable: readonly Problem[]) => {
    for (const [entry, problems] of groupBy(unsayable, ({ entry }) => entryKey(entry))) {
      if (leftOut.has(entry)) continue;
      leftOut.add(entry);
      diagnostics.push(leaving(problems, owned.get(entry) ?? [], positions));
    }
  };
  const leaveStack = (stack: string, problem: string) => {
    if (stacksLeftOut.has(stack)) return;
    stacksLeftOut.add(stack);
    const ofStack = [...(owners.get(stack)?.values() ?? [])];
    for (const { entry } of ofStack) leftOut.add(entryKey(entry));
    const what = `everything of the stack \`${stack}\``;
    diagnostics.push(report(entryLeftOut, ofStack[0]?.span, { what, problem }));
  };

  const { draft: whole, unsaid } = rawDraft(program, targets, options);
  leave(unsaid);
  const complete = meaningOf(program, targets);
  const tolerated: ReadonlySet<string> = new Set();
  for (;;) {
    const remaining = withoutEntries(whole, (entry) => leftOut.has(entryKey(entry)));
    const draft = withoutStacks(withMoves(remaining, ofTheRest(moved, owners, leftOut)), stacksLeftOut);
    const meaning = withoutOwned(complete, owners, leftOut, stacksLeftOut);
    const before = leftOut.size + stacksLeftOut.size;
    const { compilation, errors } = compileDraft(draft, targets);
    const openErrors = errors.filter(({ entry, diagnostic: { code } }) => entry !== undefined || !isOfTarget(code));
    const isOfTargets = openErrors.some(({ diagnostic: { code } }) => code === cannotExpress.code);
    const expressible = isOfTargets ? expressibleEntries(draft, targets) : undefined;
    leave(
      openErrors.flatMap(({ entry, statement, diagnostic: { code, message } }) => {
        if (entry === undefined) return [];
        const able = code === cannotExpress.code ? expressible?.(entry) : undefined;
        return [
          {
            entry,
            problem: message,
            statement: statement && statementAt(program, entry, statement),
            ...(able !== undefined && { expressibleBy: able }),
          },
        ];
      }),
    );
    // Leaving out entries with errors of their own often leaves a stack without errors.
    if (leftOut.size + stacksLeftOut.size > before) continue;
    for (const { stacks = [], diagnostic } of openErrors) {
      for (const stack of stacks) leaveStack(stack, diagnostic.message);
    }
    if (openErrors.length === 0 && compilation.program !== undefined) {
      const problem = 'compiled again, it would mean something else';
      const problems: Problem[] = [];
      for (const { stack, part } of differences(meaning, meaningOf(compilation.program, targets))) {
        const owner = owners.get(stack)?.get(part);
        if (owner === undefined) leaveStack(stack, problem);
        else problems.push({ entry: owner.entry, problem });
      }
      leave(problems);
      if (leftOut.size + stacksLeftOut.size === before) {
        const limits = new Map(errors.map(({ diagnostic: { code, message } }) => [message, code]));
        for (const [limit] of limits) diagnostics.push(report(targetLimitExceeded, undefined, { problem: limit }));
        const remaining = ofTheRest(findings, owners, leftOut).map(({ diagnostic }) => diagnostic);
        return {
          draft,
          meaning,
          owners,
          diagnostics: [...remaining, ...diagnostics],
          tolerated: new Set(limits.values()),
        };
      }
    }
    if (leftOut.size + stacksLeftOut.size > before) continue;
    // The error belongs to no stack: it is about a name of the project.
    const nothing = { draft: { ...draft, stacks: {} }, meaning: new Map(), owners, diagnostics, tolerated };
    const [first] = openErrors;
    if (first === undefined || owned.size === leftOut.size) return nothing;
    for (const key of owned.keys()) leftOut.add(key);
    const problem = first.diagnostic.message;
    diagnostics.push(report(entryLeftOut, undefined, { what: 'everything', problem }));
  }
}

/** Returns the names of the targets that have no error in an entry of a draft. */
function expressibleEntries(draft: Draft, targets: readonly Target<unknown>[]): (entry: Entry) => readonly string[] {
  const wrong = targets.map(({ name }) => {
    const { errors } = compileDraft(
      mapStacks(draft, (stack) => ({ ...stack, targets: [name] })),
      targets,
    );
    return { name, entries: new Set(errors.flatMap(({ entry }) => (entry === undefined ? [] : entryKey(entry)))) };
  });
  return (entry) => wrong.flatMap(({ name, entries }) => (entries.has(entryKey(entry)) ? [] : name));
}

/** The items about resources that are not left out. */
function ofTheRest<About extends { readonly stack: string; readonly id: string }>(
  all: readonly About[],
  owners: ReadonlyMap<string, ReadonlyMap<string, Owner>>,
  leftOut: ReadonlySet<string>,
): readonly About[] {
  if (leftOut.size === 0) return all;
  return all.filter(({ stack, id }) => {
    const owner = [...(owners.get(stack)?.values() ?? [])].find(({ resource }) => resource?.id === id);
    return owner !== undefined && !leftOut.has(entryKey(owner.entry));
  });
}

function withMoves(draft: Draft, moved: readonly MovedAddress[]): Draft {
  const byStack = groupBy(moved, ({ stack }) => stack);
  return mapStacks(draft, (stack, name) => {
    const ofStack = byStack.get(name);
    return ofStack === undefined ? stack : { ...stack, moved: ofStack.map(({ definition }) => definition) };
  });
}

/** Whether an error says that a target cannot take a stack as a whole: the keys stay as they are, and can be split over several stacks. */
function isOfTarget(code: string): boolean {
  return code.startsWith('KW4');
}

/** The program's statement at a position in an entry of its draft. */
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

/** The meaning without what the left-out entries describe. */
function withoutOwned(
  meaning: Meaning,
  owners: ReadonlyMap<string, ReadonlyMap<string, Owner>>,
  leftOut: ReadonlySet<string>,
  stacksLeftOut: ReadonlySet<string>,
): Meaning {
  if (leftOut.size + stacksLeftOut.size === 0) return meaning;
  const remaining = [...meaning].filter(([stack]) => !stacksLeftOut.has(stack));
  return new Map(
    remaining.map(([stack, parts]) => {
      const isLeft = (part: string) => {
        const owner = owners.get(stack)?.get(part);
        return owner === undefined || !leftOut.has(entryKey(owner.entry));
      };
      return [stack, new Map([...parts].filter(([part]) => isLeft(part)))];
    }),
  );
}
