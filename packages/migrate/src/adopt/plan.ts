import type { AdoptStep } from '@keywright/core/emit/adoption';
import type { Adoption } from '@keywright/core/emit/emitter';

/** The steps of a hand-over, in order. `keywright adopt --verify` reads the plan as JSON. */
export interface AdoptPlan {
  /** The source of the hand-over, as the user named it. */
  readonly from: string;
  /** The tool that takes over, such as `Terraform`. */
  readonly to: string;
  readonly steps: readonly NumberedStep[];
}

export interface NumberedStep extends AdoptStep {
  /** Counted from 1. */
  readonly number: number;
}

export interface PlanInput {
  readonly from: string;
  readonly to: { readonly name: string; readonly title: string };
  /** The tool that lets go; `undefined` if no tool manages the keys. */
  readonly source: { readonly name: string; readonly title: string } | undefined;
  /** The command that shows whether the outputs are up to date with the project. */
  readonly build: string;
  /** One for each stack of the project. */
  readonly adoptions: readonly Adoption[];
  /** One for each stack of the source. */
  readonly partings: readonly Adoption[];
}

/**
 * Plans the steps. First the old tool is frozen, then the new tool imports, then the old tool forgets, so a key is in two tools only
 * between importing and forgetting. From one CloudFormation stack to another, forgetting comes before importing, because a CloudFormation
 * stack cannot import a resource of another stack.
 */
export function planOf({ from, to, source, build, adoptions, partings }: PlanInput): AdoptPlan {
  const imports = adoptions.flatMap(({ steps }) => steps);
  const forgets = partings.flatMap(({ steps }) => steps);
  const isWithinCloudFormation = to.name === 'cfn' && source?.name === 'cfn';
  const steps = [
    freeze(to.title, source?.title, build),
    ...(isWithinCloudFormation ? [...forgets, ...imports] : [...imports, ...forgets]),
    thaw(from, source?.title),
  ];
  return { from, to: to.title, steps: steps.map((step, index) => ({ number: index + 1, ...step })) };
}

function freeze(to: string, source: string | undefined, build: string): AdoptStep {
  return {
    title: source === undefined ? 'Freeze the keys' : `Freeze ${source}`,
    about: [
      source === undefined
        ? 'Until the last step, nobody changes the keys by hand.'
        : `Until the last step, nobody deploys with ${source}: pause its pipelines, and let pull requests wait. Until it forgets the keys, they are in two tools, and each would undo what the other does.`,
      ...(source === undefined
        ? []
        : [`Before you start, check that ${source} has no changes of its own left to deploy.`]),
      `${to} takes over with the outputs of this project, so they have to be up to date.`,
    ],
    prepare: [build],
    apply: [],
    back: ['There is nothing to undo.'],
  };
}

function thaw(from: string, source: string | undefined): AdoptStep {
  return {
    title: 'Resume deployments',
    about: [
      'Remove the files of this hand-over from version control, or never commit them.',
      ...(source === undefined
        ? []
        : [`If \`${from}\` still has resources that were not handed over, the pipelines of ${source} may run again.`]),
    ],
    prepare: [],
    apply: [],
    back: ['There is nothing to undo.'],
  };
}
