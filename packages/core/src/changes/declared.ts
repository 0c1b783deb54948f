/** What keywright.yaml says about changes since the last build. */
import { addressIn, type RemovedDefinition, type RemovedPlaceDefinition } from '../language/change.ts';
import { declaredAccounts } from '../project/declared-accounts.ts';
import { elements, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import type { Model, StackModel } from '../resolve/model.ts';
import type { Span } from '../source/span.ts';

export interface Changes {
  readonly moves: readonly Move[];
  readonly addresses: readonly AddressMove[];
  readonly removals: readonly Removal[];
  readonly removedPlaces: readonly RemovedPlace[];
  /** The environments of the project by name. */
  readonly environments: ReadonlySet<string>;
  /** The ids of the project's accounts. */
  readonly accounts: ReadonlySet<string>;
  /** Each stack in each environment, with its definition. */
  readonly deployments: readonly Deployment[];
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
  /** The stack's former name, as the last build or as the YAML had it; absent if it is the same stack. */
  readonly fromStack?: string;
  /** Absent: all keys of that stack. */
  readonly from?: string;
  readonly to?: string;
  readonly span: Span;
}

/** A stack's `moved` entry from a tool's address, in one of its environments. */
export interface AddressMove {
  readonly stack: string;
  /** The tool's title: `Terraform`. */
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
}

/** What becomes of keys that are gone, and where the YAML says so. */
export interface Outcome {
  readonly outcome: RemovedDefinition['then'];
  readonly span: Span;
}

/** An entry of the project's `removed`: an environment or account that is gone. */
export interface RemovedPlace extends Outcome {
  readonly what: Omit<RemovedPlaceDefinition, 'then'>;
}

export function declaredChanges(model: Model, project: Project): Changes {
  return {
    moves: model.stacks.flatMap(movesOf),
    addresses: model.stacks.flatMap(addressesOf),
    removals: model.stacks.flatMap(removalsOf),
    removedPlaces: project.removed.map(({ value: { then: outcome, ...what }, span }) => ({ what, outcome, span })),
    environments: new Set(project.environments.keys()),
    accounts: declaredAccounts(project),
    deployments: model.deployments.map(({ name, definition }) => ({
      stack: name,
      definition: definition.name,
      span: definition.nameSpan,
    })),
  };
}

function movesOf({ name, definition }: StackModel): readonly Move[] {
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

function removalsOf({ name, definition }: StackModel): readonly Removal[] {
  return elements(property(definition, 'removed')).map(({ value: { then: outcome, ...what }, span }) => ({
    stack: name,
    definition: definition.name,
    what,
    outcome,
    span,
  }));
}
