import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Target } from '@keywright/core/emit/emitter';
import type { Program } from '@keywright/core/ir/program';
import type { Reading } from '@keywright/core/reading/reader';
import { acceptFindings } from './accept-findings.ts';
import { compileText } from './draft/compile-draft.ts';
import type { Draft } from './draft/draft.ts';
import { inOrder } from './draft/in-order.ts';
import { printYaml } from './draft/print-yaml.ts';
import { isTheSame, type Meaning, meaningOf } from './meaning/meaning.ts';
import { normalise } from './normalise.ts';
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
import { sayable } from './sayable.ts';
import { namingUnknownPolicies } from './unknown-policies.ts';

export interface LiftOptions {
  readonly targets: readonly Target<unknown>[];
  /** The options of each target, by its name, as the project has them under `targets`. */
  readonly targetOptions?: Readonly<Record<string, unknown>>;
  /** The origins that the reading found. Origins also record resources of a tool that are only properties of a key in Keywright. */
  readonly origins?: Reading['origins'];
  /** The files for key policies that the reading did not find. The YAML names these files, which do not exist yet. */
  readonly unknownPolicies?: Reading['unknownPolicies'];
}

export interface Lifted {
  /** A whole `keywright.yaml`. */
  readonly text: string;
  /** The program that the text compiles to: the input without the parts that could not be written. */
  readonly program: Program;
  /**
   * Entries that could not be written (KW8200, KW8201), names that could not be kept (KW8202), repeated statements (KW8203), and findings
   * that would have stopped the build (KW8204).
   */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Returns YAML that `compileProject` compiles to the same program: the same policies statement by statement, the same properties and names.
 * First, everything is written as it is. Then shorter forms are tried, and kept if they mean the same.
 */
export function liftProgram(read: Program, options: LiftOptions): Lifted {
  const { draft, meaning, diagnostics } = liftDraft(read, options, rewritesOfWhole);
  const text = printYaml(inOrder(draft));
  const { program: compiled, isWhole } = compileText(text, options.targets);
  if (compiled === undefined || !isWhole || !isTheSame(meaning, meaningOf(compiled, options.targets))) {
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

/** Rewrites of each stack to try, in this order. None of them changes the meaning. */
const rewritesOfStacks: readonly Rewrite[] = [
  recognisePolicies,
  nameKmsDefaultPolicies,
  usePlacePlaceholders,
  dropPolicyNames,
  recogniseIdentityGrants,
  dropSettings,
];

/** Rewrites for a draft that may still get equal stacks. */
const rewritesOfAny: readonly Rewrite[] = [...rewritesOfStacks, uniteEnvironments, namePrincipals, uniteStandards];

/** Rewrites for a whole draft. Nothing will be added to it. */
const rewritesOfWhole: readonly Rewrite[] = [
  ...rewritesOfStacks,
  uniteDiffering,
  uniteEnvironments,
  namePrincipals,
  useAccounts,
  uniteStandards,
];
