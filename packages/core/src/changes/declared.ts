/** Reads the changes since the last build that keywright.yaml declares. */

import type { Target } from '../emit/emitter.ts';
import { literal } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import { withAliasPrefix } from '../kms/alias-prefix.ts';
import {
  addressIn,
  type MovedPlaceDefinition,
  type RemovedDefinition,
  type RemovedPlaceDefinition,
} from '../language/change.ts';
import { isLike } from '../language/like.ts';
import { elements, type Located, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import type { EnvironmentSets } from '../resolve/environment-sets.ts';
import { fillKeyName, interpolate } from '../resolve/interpolate.ts';
import type { Model, StackModel } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';

export interface Changes {
  readonly moves: readonly Move[];
  readonly addresses: readonly AddressMove[];
  readonly removals: readonly Removal[];
  readonly removedPlaces: readonly RemovedPlace[];
  readonly environments: ReadonlyMap<string, Environment>;
  /** The names under `accounts`. */
  readonly accounts: ReadonlySet<string>;
  /** By name, the environments of each group and account of the project. */
  readonly environmentSets: EnvironmentSets['named'];
  readonly deployments: readonly Deployment[];
  /** By target, the place where the tool keeps the states of stacks, if the target's options name one. */
  readonly states: ReadonlyMap<string, StatesPlace>;
}

export interface StatesPlace {
  /** As the target's `placeIn` returns it. It can contain secrets. */
  readonly place: string;
  readonly span: Span;
}

export interface Deployment {
  /** `security-prod-eu`. */
  readonly stack: string;
  /** `security`. */
  readonly definition: string;
  readonly span: Span;
}

/** A stack's `moved` entry, in one of its environments. */
export interface Move {
  readonly toStack: string;
  /** The stack that the keys were in, by its name in the last build or in the YAML; absent if it is the same stack. */
  readonly fromStack?: string;
  /** Absent: all keys of that stack. */
  readonly from?: string;
  readonly to?: string;
  /** Whether the entry is about a new name of the stack's environment or account. */
  readonly isOfPlace?: boolean;
  readonly span: Span;
  /** Whether the file of the entry may decide for the whole project. */
  readonly isTrusted: boolean;
}

/** A stack's `moved` entry from a tool's address, in one of its environments. */
export interface AddressMove {
  readonly stack: string;
  /** The tool's title, such as `Terraform`. */
  readonly title: string;
  /** `module.kms.aws_kms_key.this[0]` */
  readonly address: string;
  /** The resource's present name, as `labelInStack` gives it. */
  readonly to: string;
  readonly span: Span;
}

/** A stack's `removed` entry, in one of its environments. */
export interface Removal extends Outcome {
  readonly stack: string;
  readonly definition: string;
  readonly what: Omit<RemovedDefinition, 'then'>;
  /** For an alias, the name that its text gives in this environment now, with its prefix; absent if that is not known. */
  readonly aliasName?: string;
}

/** The outcome for keys that are gone, and where the YAML states it. */
export interface Outcome {
  readonly outcome: RemovedDefinition['then'];
  readonly span: Span;
}

/** An entry of the project's `removed`: an environment, account, region or stack that is gone. */
export interface RemovedPlace extends Outcome {
  readonly what: Omit<RemovedPlaceDefinition, 'then'>;
}

export function declaredChanges(
  model: Model,
  project: Project,
  targets: readonly Target<unknown>[],
  targetOptions: Readonly<Record<string, unknown>>,
): Changes {
  return {
    moves: [
      ...model.stacks.flatMap((stack) => movesOf(stack, project)),
      ...project.moved.flatMap((entry) => movesOfPlace(entry, model)),
    ],
    addresses: model.stacks.flatMap(addressesOf),
    removals: model.stacks.flatMap(removalsOf),
    removedPlaces: project.removed.map(({ value: { then: outcome, ...what }, span }) => ({ what, outcome, span })),
    environments: model.environments.all,
    accounts: new Set(project.accounts.keys()),
    environmentSets: model.environments.named,
    deployments: model.deployments.map(({ name, definition }) => ({
      stack: name,
      definition: definition.name,
      span: definition.nameSpan,
    })),
    states: new Map(
      targets.flatMap((target): readonly (readonly [string, StatesPlace])[] => {
        const place = target.states?.placeIn(targetOptions[target.name]);
        const written = project.targetOptions.get(target.name);
        return place === undefined || written === undefined ? [] : [[target.name, { place, span: written.nameSpan }]];
      }),
    ),
  };
}

function movesOf({ name, definition }: StackModel, { access }: Project): readonly Move[] {
  return elements(property(definition, 'moved')).flatMap(({ value, span }): readonly Move[] => {
    if (addressIn(value.from) !== undefined) return [];
    const [first, second] = value.from.split('.');
    const key = second ?? first;
    return [
      {
        toStack: name,
        ...(second !== undefined && first !== undefined && { fromStack: first }),
        ...(key !== undefined && key !== '*' && { from: key, to: value.to ?? key }),
        span,
        isTrusted: access.get(span.file)?.isTrusted === true,
      },
    ];
  });
}

function addressesOf({ name, definition }: StackModel): readonly AddressMove[] {
  return elements(property(definition, 'moved')).flatMap(({ value: { from, to }, span }) => {
    const address = addressIn(from);
    return address === undefined || to === undefined ? [] : [{ stack: name, ...address, to, span }];
  });
}

/** The moves of stacks whose names have changed because their environments have other names now. */
function movesOfPlace({ value, span }: Located<MovedPlaceDefinition>, { deployments }: Model): readonly Move[] {
  return deployments.flatMap(({ name, definition, environment }): readonly Move[] => {
    const former = formerEnvironment(value, environment);
    // Only a stack with a list of environments has a name that ends in the name of its environment.
    if (former === undefined || name !== `${definition.name}-${environment.name}`) return [];
    return [{ toStack: name, fromStack: `${definition.name}-${former}`, isOfPlace: true, span, isTrusted: true }];
  });
}

function formerEnvironment(
  { environment: before, account, to }: MovedPlaceDefinition,
  { name, region }: Pick<Environment, 'name' | 'region'>,
): string | undefined {
  if (account === undefined) return name === to ? before : undefined;
  return name === `${to}-${region}` ? `${account}-${region}` : undefined;
}

function removalsOf({ name, definition, place }: StackModel): readonly Removal[] {
  return elements(property(definition, 'removed')).map(({ value: { then: outcome, ...what }, span }) => {
    const aliasName = what.alias === undefined ? undefined : aliasNameAt(what.alias, span, place);
    return {
      stack: name,
      definition: definition.name,
      what,
      ...(aliasName !== undefined && { aliasName }),
      outcome,
      span,
    };
  });
}

function aliasNameAt(value: string, span: Span, place: Place): string | undefined {
  const { value: name, diagnostics } = interpolate({ value, span }, place);
  return name.kind === 'literal' && diagnostics.length === 0 ? withAliasPrefix(name.text) : undefined;
}

/** Whether an entry names an alias by the alias's written text, which can give several names. `key`: the value of `${key}` in the entry. */
export function namesAlias({ what: { alias } }: Removal, written: string, key: string): boolean {
  return alias !== undefined && withAliasPrefix(fillKeyName(alias, { names: { key: literal(key) } })) === written;
}

/** Whether the `environment` of an entry names this environment, which may be missing from the project. */
export function namesEnvironment(
  { what: { environment: reference } }: Removal,
  environment: string,
  { environmentSets }: Pick<Changes, 'environmentSets'>,
): boolean {
  if (reference === undefined) return false;
  return isLike(environment, reference) || environmentSets.get(reference)?.has(environment) === true;
}
