/** Turns a program into the `keywright.yaml` that means it. */
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import type { Program } from '@keywright/core/ir/program';
import { acceptFindings } from './accept-findings.ts';
import { cannotBeWritten, outputLeftOut, tooMuchForTarget } from './diagnostics.ts';
import { compileDraft, compileText } from './draft/compile-draft.ts';
import { type Draft, type Entry, entryKey, withoutEntries } from './draft/draft.ts';
import { inOrder } from './draft/in-order.ts';
import { printYaml } from './draft/print-yaml.ts';
import { differences, type Meaning, meaningOf } from './meaning/meaning.ts';
import { normalise } from './normalise.ts';
import { type Owner, ownersOf } from './raw/owners.ts';
import { rawDraft } from './raw/raw-draft.ts';
import { recogniseIdentityGrants } from './rewrites/identity-grants.ts';
import type { Sense } from './rewrites/keep.ts';
import { uniteEnvironments } from './rewrites/many-environments.ts';
import { namePrincipals } from './rewrites/named-principals.ts';
import { nameOwnPlace } from './rewrites/placeholders.ts';
import { recognisePolicies } from './rewrites/policies.ts';
import { dropPolicyNames } from './rewrites/policy-names.ts';
import { dropSettings } from './rewrites/settings.ts';
import { uniteStandards } from './rewrites/standards.ts';

export interface LiftOptions {
  /** Every target there is. */
  readonly targets: readonly Target<unknown>[];
  /** What stands under `targets` of the project: the options of each, by name. */
  readonly targetOptions?: Readonly<Record<string, unknown>>;
}

export interface Lifted {
  /** A whole `keywright.yaml`. */
  readonly text: string;
  /** What it compiles to: the program without what could not be written. */
  readonly program: Program;
  /**
   * The entries that could not be written (KW8200, KW8201), names that could not be kept (KW8202), statements that were there twice (KW8203),
   * and what a rule would have stopped (KW8204).
   */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The YAML of a program, of which `compileProject` makes the same program again: the same policies statement by statement, the same
 * properties and names. First everything is written as it is; then what is shorter is tried, and kept where it means the same.
 */
export function liftProgram(read: Program, { targets, targetOptions }: LiftOptions): Lifted {
  const { program, diagnostics } = normalise(read, targets);
  const raw = sayable(program, targets, targetOptions);
  const sense: Sense = { targets, meaning: raw.meaning, owners: raw.owners, tolerated: raw.tolerated };
  const accepted = acceptFindings(raw.draft, sense);
  const draft = rewrites.reduce((current, rewrite) => rewrite(current, program, sense), accepted.value);
  const text = printYaml(inOrder(draft));
  const compiled = compileText(text, targets).program;
  if (compiled === undefined || !isTheSame(raw.meaning, meaningOf(compiled, targets))) {
    throw new Error('the YAML that was printed does not mean what it has to');
  }
  return { text, program: compiled, diagnostics: [...diagnostics, ...raw.diagnostics, ...accepted.diagnostics] };
}

function isTheSame(one: Meaning, other: Meaning): boolean {
  return differences(one, other).length + differences(other, one).length === 0;
}

type Rewrite = (draft: Draft, program: Program, sense: Sense) => Draft;

/** What is tried after another; each leaves the meaning as it is. */
const rewrites: readonly Rewrite[] = [
  recognisePolicies,
  nameOwnPlace,
  dropPolicyNames,
  recogniseIdentityGrants,
  dropSettings,
  uniteEnvironments,
  namePrincipals,
  uniteStandards,
];

/** The program as it is, without what cannot be said, and what it means. */
function sayable(program: Program, targets: readonly Target<unknown>[], options: LiftOptions['targetOptions']) {
  const owners = new Map(program.stacks.map((stack) => [stack.name, ownersOf(stack)]));
  const owned = new Map(
    [...owners.values()].flatMap((parts) =>
      [...parts.values()].map((owner) => [entryKey(owner.entry), owner] as const),
    ),
  );
  const diagnostics: Diagnostic[] = [];
  const leftOut = new Set<string>();
  const leave = (entry: Entry, problem: string) => {
    if (leftOut.has(entryKey(entry))) return;
    leftOut.add(entryKey(entry));
    diagnostics.push(leaving(entry, owned.get(entryKey(entry)), problem));
  };

  const { draft: whole, unsaid } = rawDraft(program, targets, options);
  for (const { entry, problem } of unsaid) leave(entry, problem);
  const complete = meaningOf(program, targets);
  const tolerated: ReadonlySet<string> = new Set();
  for (;;) {
    const draft = withoutEntries(whole, (entry) => leftOut.has(entryKey(entry)));
    const meaning = withoutOwned(complete, owners, leftOut);
    const before = leftOut.size;
    const { compilation, errors } = compileDraft(draft, targets);
    const left = errors.filter(({ entry, diagnostic: { code } }) => entry !== undefined || !isOfTarget(code));
    for (const { entry, diagnostic } of left) {
      if (entry !== undefined) leave(entry, diagnostic.message);
    }
    if (left.length === 0 && compilation.program !== undefined) {
      for (const { stack, part } of differences(meaning, meaningOf(compilation.program, targets))) {
        const parts = owners.get(stack);
        const owner = parts?.get(part);
        const wrong = owner === undefined ? [...(parts?.values() ?? [])] : [owner];
        for (const { entry } of wrong) leave(entry, 'compiled again, it would mean something else');
      }
      if (leftOut.size === before) {
        const limits = new Map(errors.map(({ diagnostic: { code, message } }) => [message, code]));
        for (const [problem] of limits) diagnostics.push(report(tooMuchForTarget, undefined, { problem }));
        return { draft, meaning, owners, diagnostics, tolerated: new Set(limits.values()) };
      }
    }
    if (leftOut.size > before) continue;
    // What is wrong is no entry of a stack: an environment, a name of the project.
    const nothing = { draft: { ...draft, stacks: {} }, meaning: new Map(), owners, diagnostics, tolerated };
    const [first] = left;
    if (first === undefined || owned.size === leftOut.size) return nothing;
    for (const owner of owned.values()) leftOut.add(entryKey(owner.entry));
    const problem = first.diagnostic.message;
    diagnostics.push(report(cannotBeWritten, undefined, { what: 'everything', problem }));
  }
}

/** Whether an error is what a target takes, of a stack as a whole: the keys are what they are, and can be put into several stacks. */
function isOfTarget(code: string): boolean {
  return code.startsWith('KW4');
}

function leaving(entry: Entry, owner: Owner | undefined, problem: string): Diagnostic {
  const { stack, section, name } = entry;
  if (section === 'outputs') return report(outputLeftOut, owner?.span, { output: name, stack, problem });
  return report(cannotBeWritten, owner?.span, { what: `${nouns[section]} \`${name}\``, problem });
}

const nouns = {
  keys: 'the key',
  principals: 'the role, user or group',
  imports: 'what belongs to the key',
  identityPolicies: 'the identity policy',
} as const;

/** What is meant without what entries say that are left out. */
function withoutOwned(
  meaning: Meaning,
  owners: ReadonlyMap<string, ReadonlyMap<string, Owner>>,
  leftOut: ReadonlySet<string>,
): Meaning {
  if (leftOut.size === 0) return meaning;
  return new Map(
    [...meaning].map(([stack, parts]) => {
      const isLeft = (part: string) => {
        const owner = owners.get(stack)?.get(part);
        return owner === undefined || !leftOut.has(entryKey(owner.entry));
      };
      return [stack, new Map([...parts].filter(([part]) => isLeft(part)))];
    }),
  );
}
