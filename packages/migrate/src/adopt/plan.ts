import type { AdoptStep } from '@keywright/core/emit/adoption';
import type { Adoption } from '@keywright/core/emit/emitter';

/** The steps of a hand-over, in order. `keywright adopt --verify` reads it as JSON. */
export interface AdoptPlan {
  /** The source of the hand-over, as the user named it. */
  readonly from: string;
  /** The tool that takes over: `Terraform`. */
  readonly to: string;
  readonly steps: readonly NumberedStep[];
}

export interface NumberedStep extends AdoptStep {
  /** The step's number, from 1. */
  readonly number: number;
}

export interface PlanInput {
  readonly from: string;
  readonly to: { readonly name: string; readonly title: string };
  /** The tool that lets go; absent if no tool manages the keys. */
  readonly source?: { readonly name: string; readonly title: string } | undefined;
  /** The command that shows whether the outputs are up to date with the project. */
  readonly build: string;
  /** One for each stack of the project. */
  readonly adoptions: readonly Adoption[];
  /** One for each stack of the source. */
  readonly partings: readonly Adoption[];
}

/**
 * Plans the steps: first the old tool is frozen, then the new one imports, then the old one forgets, so a key is in two tools only in
 * between. A CloudFormation stack cannot import what another stack has, so between two of them forgetting comes first.
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
        ? 'Nobody changes the keys by hand until the last step.'
        : `From here to the last step nobody deploys with ${source}: pipelines are paused, pull requests wait. Keys are in two tools until it forgets them, and each would undo what the other does.`,
      ...(source === undefined ? [] : [`Before: ${source} shows no change of its own that is still to be deployed.`]),
      `${to} gets what this project generates, so the outputs have to be those of the project.`,
    ],
    prepare: [build],
    apply: [],
    back: ['There is nothing to take back.'],
  };
}

function thaw(from: string, source: string | undefined): AdoptStep {
  return {
    title: 'Let deployments go on',
    about: [
      'Take the files of this hand-over out of version control, or do not put them in.',
      ...(source === undefined
        ? []
        : [`The pipelines of ${source} may run again, if \`${from}\` has more than was handed over.`]),
    ],
    prepare: [],
    apply: [],
    back: ['There is nothing to take back.'],
  };
}
