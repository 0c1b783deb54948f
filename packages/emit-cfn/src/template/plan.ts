/**
 * Decides what templates a stack becomes and what passes between them. In: a stack. Out: the template of its own region,
 * then one for each replica environment. What a replica template needs from elsewhere (the primary key's ARN, a role that
 * its key policy names, a value of another stack, as exports end at the region) is a parameter of it, and an output of the
 * first template feeds it.
 */
import { type CrossStack, type Expression, expressionKey, type Reference } from '@keywright/core/ir/expression';
import type { Provenance } from '@keywright/core/ir/policy';
import type { Environment, Resource, Stack } from '@keywright/core/ir/program';
import {
  cloudFormationStackName,
  distinctNames,
  environmentOf,
  exportName,
  logicalIdOf,
  logicalName,
  templateName,
} from '../names.ts';
import { type ResourceMap, resourceMap, throughPrimary } from './elsewhere.ts';
import { expressionsOf } from './expressions.ts';
import type { Scope } from './lower.ts';

export interface TemplatePlan {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Of the CloudFormation stack made from it. */
  readonly stackName: string;
  readonly description: string;
  readonly environment: Environment;
  readonly resources: readonly Resource[];
  readonly parameters: readonly PlannedParameter[];
  readonly outputs: readonly PlannedOutput[];
  readonly scope: Scope;
}

export type PlannedParameter =
  /** CloudFormation reads it from an SSM parameter. */
  | { readonly kind: 'ssm'; readonly name: string; readonly description: string; readonly parameterName: string }
  /** Whoever deploys gives it the output of another CloudFormation stack. */
  | {
      readonly kind: 'output';
      readonly name: string;
      readonly description: string;
      readonly stackName: string;
      readonly output: string;
    };

export interface PlannedOutput {
  readonly name: string;
  readonly description: string;
  readonly value: Expression;
  readonly exportName?: string;
  /** What in the YAML asks for it; absent for one that feeds a replica template. */
  readonly source?: Provenance;
}

/** A value that a replica template cannot compute. */
type Foreign = Reference | CrossStack;

export function planTemplates(stack: Stack): readonly TemplatePlan[] {
  const resources = resourceMap(stack);
  const within = (environment: Environment | undefined) =>
    // Core has refused grants for this target (KW4002).
    stack.resources.filter(
      (resource) => resource.kind !== 'kmsGrant' && environmentOf(resource, stack) === environment,
    );
  const inMain = within(undefined);
  const mainIds = new Set(inMain.map(({ id }) => id));
  const replicas = stack.replicaEnvironments.map((environment) => {
    const own = within(environment);
    return { environment, own, foreign: foreignValues(own, mainIds, resources) };
  });
  const needed = new Map(replicas.flatMap(({ foreign }) => [...foreign]));
  const main = planMain(stack, inMain, needed, resources);
  return [main.plan, ...replicas.map((replica) => planReplica(stack, replica, main, resources))];
}

function planMain(
  stack: Stack,
  own: readonly Resource[],
  needed: ReadonlyMap<string, Foreign>,
  resources: ResourceMap,
): { readonly plan: TemplatePlan; readonly feeds: ReadonlyMap<string, string> } {
  const imports = new Map(
    stack.imports
      .filter(({ nativeTargets }) => !nativeTargets.includes('cfn'))
      .map((used): [string, typeof used] => {
        return [expressionKey({ kind: 'crossStack', stack: used.stack, export: used.export }), used];
      }),
  );
  const logicalIds = new Set(own.map(logicalIdOf));
  const parameterNames = distinctNames(
    mapValues(imports, (used) => logicalName(used.stack, used.export)),
    logicalIds,
  );

  const outputs = plannedOutputs(stack);
  const outputOf = new Map(outputs.map(({ name, value }) => [expressionKey(value), name]));
  const unfed = new Map([...needed].filter(([key]) => !outputOf.has(key)));
  const feedNames = distinctNames(
    mapValues(unfed, (foreign) => nameOfForeign(foreign, resources)),
    new Set(outputOf.values()),
  );

  const name = templateName(stack);
  const plan: TemplatePlan = {
    name,
    stackName: cloudFormationStackName(stack.app, name),
    description: `KMS keys of ${stack.app}, stack ${stack.name}`,
    environment: stack.environment,
    resources: own,
    parameters: [...imports].map(([key, used]) => ({
      kind: 'ssm',
      name: nameIn(parameterNames, key),
      description: `${used.export} of stack ${used.stack}`,
      parameterName: used.parameterName ?? '', // core sets it for every target that is not native
    })),
    outputs: [
      ...outputs,
      ...[...unfed].map(([key, value]) => ({
        name: nameIn(feedNames, key),
        description: 'For the templates of replicas',
        value,
      })),
    ],
    scope: scopeOf(stack, own, parameterNames, resources),
  };
  return { plan, feeds: new Map([...outputOf, ...feedNames]) };
}

/** What the user asked to see and what other stacks use. */
function plannedOutputs(stack: Stack): readonly PlannedOutput[] {
  const names = distinctNames(new Map(stack.outputs.map(({ name }) => [name, logicalName(name)])), new Set());
  const exportNames = distinctNames(
    new Map(stack.exports.map(({ id }) => [id, logicalName(id)])),
    new Set(names.values()),
  );
  return [
    ...stack.outputs.map(({ name, value, source }) => ({
      name: nameIn(names, name),
      description: name,
      value,
      source,
    })),
    ...stack.exports.map(({ id, value, source }) => ({
      name: nameIn(exportNames, id),
      description: id,
      value,
      exportName: exportName(stack.app, stack.name, id),
      source,
    })),
  ];
}

function planReplica(
  stack: Stack,
  replica: {
    readonly environment: Environment;
    readonly own: readonly Resource[];
    readonly foreign: ReadonlyMap<string, Foreign>;
  },
  main: { readonly plan: TemplatePlan; readonly feeds: ReadonlyMap<string, string> },
  resources: ResourceMap,
): TemplatePlan {
  const { environment, own, foreign } = replica;
  const parameterNames = distinctNames(
    mapValues(foreign, (value) => nameOfForeign(value, resources)),
    new Set(own.map(logicalIdOf)),
  );
  const name = templateName(stack, environment);
  return {
    name,
    stackName: cloudFormationStackName(stack.app, name),
    description: `Replicas of the KMS keys of ${stack.app}, stack ${stack.name}, in ${environment.region}`,
    environment,
    resources: own,
    parameters: [...parameterNames].map(([key, parameterName]) => {
      const output = nameIn(main.feeds, key);
      return {
        kind: 'output',
        name: parameterName,
        description: `Output ${output} of stack ${main.plan.stackName}`,
        stackName: main.plan.stackName,
        output,
      };
    }),
    outputs: [],
    scope: scopeOf(stack, own, parameterNames, resources),
  };
}

/** What resources of a replica template refer to outside of it, by `expressionKey`, in the order of first use. */
function foreignValues(
  own: readonly Resource[],
  mainIds: ReadonlySet<string>,
  resources: ResourceMap,
): ReadonlyMap<string, Foreign> {
  const local = new Set(own.map(({ id }) => id));
  const found = new Map<string, Foreign>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'concat') expression.parts.forEach(visit);
    else if (expression.kind === 'crossStack') found.set(expressionKey(expression), expression);
    else if (expression.kind === 'reference' && !local.has(expression.resource)) {
      if (mainIds.has(expression.resource)) found.set(expressionKey(expression), expression);
      else visit(throughPrimary(expression, resources));
    }
  };
  own.flatMap(expressionsOf).forEach(visit);
  return found;
}

function nameOfForeign(foreign: Foreign, resources: ResourceMap): string {
  return foreign.kind === 'reference'
    ? logicalName(logicalIdOf(resources.get(foreign.resource)), foreign.attribute)
    : logicalName(foreign.stack, foreign.export);
}

function scopeOf(
  stack: Stack,
  own: readonly Resource[],
  parameters: ReadonlyMap<string, string>,
  resources: ResourceMap,
): Scope {
  return {
    stack: resources,
    local: new Set(own.map(({ id }) => id)),
    parameters,
    exportName: (producer, exportId) => exportName(stack.app, producer, exportId),
  };
}

function nameIn(names: ReadonlyMap<string, string>, key: string): string {
  const name = names.get(key);
  if (name === undefined) throw new Error(`${key} has no name`);
  return name;
}

function mapValues<V, W>(values: ReadonlyMap<string, V>, change: (value: V) => W): ReadonlyMap<string, W> {
  return new Map([...values].map(([key, value]) => [key, change(value)]));
}
