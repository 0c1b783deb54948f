import type { Program } from '@keywright/core/ir/program';
import { type Place, placeOf } from '../source/places.ts';
import type { Translated } from '../source/translated.ts';
import type { Deployed } from './deployed.ts';
import {
  type AliasView,
  aliasViews,
  type ImportView,
  importViews,
  type KeyView,
  keyViews,
  type PrincipalView,
  principalViews,
} from './views.ts';

/** What Keywright and the CDK deploy, and the facts that explain the differences. */
export interface Comparison {
  readonly ours: Deployed;
  readonly cdk: Deployed;
  readonly translation: Translated;
  readonly keys: readonly KeyView[];
  readonly principals: readonly PrincipalView[];
  readonly imports: readonly ImportView[];
  readonly aliasImports: readonly AliasView[];
  /** The places of the model's stacks, by name. */
  readonly places: ReadonlyMap<string, Place>;
  /** For each stack, the stacks that Keywright deploys earlier, including stacks for other tools. */
  readonly order: ReadonlyMap<string, readonly string[]>;
  /** Returns the CDK's output without merged statements. */
  readonly unmerged: () => Deployed;
  /** The CDK's output if the CDK is made to keep what it drops: see `Dropped`. */
  readonly kept: Deployed;
  /** The stacks that are compared: those generated for CloudFormation. */
  readonly compared: ReadonlySet<string>;
}

export function comparisonOf(
  ours: Deployed,
  cdk: Deployed,
  translation: Translated,
  unmerged: () => Deployed,
  kept: Deployed,
  program: Program,
): Comparison {
  const compared = translation.source.model.stacks.filter(({ targets }) => targets.includes('cfn'));
  const places = new Map(
    [...translation.environments].map(([stack, environment]) => [stack.name, placeOf(environment)]),
  );
  return {
    ours,
    cdk,
    translation,
    keys: keyViews(translation),
    principals: principalViews(translation),
    imports: importViews(translation),
    aliasImports: aliasViews(translation),
    places,
    order: new Map(program.stacks.map(({ name, dependsOn }) => [name, dependsOn])),
    unmerged,
    kept,
    compared: new Set(compared.map(({ name }) => name)),
  };
}
