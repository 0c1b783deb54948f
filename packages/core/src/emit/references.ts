/** Finds what the expressions of a stack refer to. */

import type { CrossStack, Expression, Pseudo } from '../ir/expression.ts';
import { partsOf } from '../ir/expression.ts';
import { expressionsOf } from '../ir/expressions-of.ts';
import type { Resource, Stack, StackImport } from '../ir/program.ts';

/** The resource of a stack that an expression or a dependency names. */
export function resourceIn(stack: Stack, id: string): Resource {
  const resource = indexOf(stack).resources.get(id);
  if (resource === undefined) throw new Error(`stack ${stack.name} has no resource ${id}`);
  return resource;
}

/** The import whose SSM parameter carries a value of another stack; `undefined` if the target shares the value itself. */
export function parameterImport(part: CrossStack, stack: Stack, target: string): StackImport | undefined {
  const entry = indexOf(stack).imports.get(`${part.stack}/${part.export}`);
  return entry?.parameterName === undefined || entry.nativeTargets.includes(target) ? undefined : entry;
}

interface Index {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly imports: ReadonlyMap<string, StackImport>;
}

/** Cached: every reference needs the index of its stack. */
const indexes = new WeakMap<Stack, Index>();

function indexOf(stack: Stack): Index {
  const cached = indexes.get(stack);
  if (cached !== undefined) return cached;
  const index = {
    resources: new Map(stack.resources.map((resource) => [resource.id, resource])),
    imports: new Map(stack.imports.map((entry) => [`${entry.stack}/${entry.export}`, entry])),
  };
  indexes.set(stack, index);
  return index;
}

/** The ids in `dependsOn` that no expression of the resource refers to. In every tool, a reference is enough to establish the order. */
export function explicitDependencies(resource: Resource): readonly string[] {
  if (resource.dependsOn.length === 0) return [];
  const mentioned = new Set<string>();
  for (const expression of expressionsOf(resource)) {
    for (const part of partsOf(expression)) if (part.kind === 'reference') mentioned.add(part.resource);
  }
  return resource.dependsOn.filter((id) => !mentioned.has(id));
}

/** What a stack needs besides its resources. */
export interface StackUses {
  /** The values that only the deployment knows, such as its account, once each. */
  readonly pseudos: ReadonlySet<Pseudo['name']>;
  /** The stacks whose values the target itself shares, sorted by name. */
  readonly stacks: readonly string[];
  /** The imports that arrive by SSM parameter, in the order of the stack. */
  readonly parameters: readonly StackImport[];
  /** The ids of the resources that other resources refer to or wait for. */
  readonly resources: ReadonlySet<string>;
}

export function usesOf(stack: Stack, target: string): StackUses {
  const pseudos = new Set<Pseudo['name']>();
  const stacks = new Set<string>();
  const parameters = new Set<StackImport>();
  const resources = new Set(stack.resources.flatMap(({ dependsOn }) => dependsOn));
  const shown = [...stack.outputs, ...stack.exports].map(({ value }) => value);
  const visit = (expression: Expression) => {
    for (const part of partsOf(expression)) {
      switch (part.kind) {
        case 'reference':
          resources.add(part.resource);
          break;
        case 'pseudo':
          pseudos.add(part.name);
          break;
        case 'crossStack': {
          const parameter = parameterImport(part, stack, target);
          if (parameter === undefined) stacks.add(part.stack);
          else parameters.add(parameter);
          break;
        }
        case 'literal':
          break;
      }
    }
  };
  for (const resource of stack.resources) expressionsOf(resource).forEach(visit);
  shown.forEach(visit);
  return {
    pseudos,
    stacks: [...stacks].sort(),
    parameters: stack.imports.filter((entry) => parameters.has(entry)),
    resources,
  };
}
