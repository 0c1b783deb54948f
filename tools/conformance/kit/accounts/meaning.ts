import { randomUUID } from 'node:crypto';
import type { Expression, Reference } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { dnsSuffixOf, partitionOf } from '../cloud/cloud.ts';
import { placeIn } from './places.ts';

/** Evaluates the IR's expressions. Ids and names that are known only after a deployment are invented. */
export interface Meaning {
  text(expression: Expression, stack: Stack): string;
  /** Returns the ARN of a key, a replica, an alias or a principal. */
  arn(resource: Resource, stack: Stack): string;
  readonly madeUp: ReadonlySet<string>;
}

export function meaningOf(program: Program): Meaning {
  const names = new Map<string, string>();
  const madeUp = new Set<string>();
  const invented = (what: string): string => {
    const name = names.get(what) ?? randomUUID();
    names.set(what, name);
    madeUp.add(name);
    return name;
  };

  const attribute = (resource: Resource, name: Reference['attribute'], stack: Stack): string => {
    const { account, region } = placeIn(program, stack);
    const here = resource.region ?? region;
    const partition = partitionOf(here);
    switch (resource.kind) {
      case 'key':
      case 'replicaKey': {
        // A replica has the id of its primary.
        const id = invented(`${stack.name} ${resource.kind === 'key' ? resource.id : resource.primary}`);
        return name === 'arn' ? `arn:${partition}:kms:${here}:${account}:key/${id}` : id;
      }
      case 'alias':
        return name === 'arn' ? `arn:${partition}:kms:${here}:${account}:${resource.aliasName}` : resource.aliasName;
      case 'role':
      case 'user':
      case 'group': {
        const own = resource.physicalName ?? invented(`${stack.name} ${resource.id}`);
        return name === 'arn' ? `arn:${partition}:iam::${account}:${resource.kind}/${own}` : own;
      }
      default:
        throw new Error(`nothing can refer to ${resource.id}`);
    }
  };

  const text = (expression: Expression, stack: Stack): string => {
    switch (expression.kind) {
      case 'literal':
        return expression.text;
      case 'concat':
        return expression.parts.map((part) => text(part, stack)).join('');
      case 'pseudo': {
        const { account, region } = placeIn(program, stack);
        return { account, region, partition: partitionOf(region), dnsSuffix: dnsSuffixOf(region) }[expression.name];
      }
      case 'reference': {
        const resource = stack.resources.find(({ id }) => id === expression.resource);
        if (resource === undefined) throw new Error(`${stack.name} has no ${expression.resource}`);
        return attribute(resource, expression.attribute, stack);
      }
      case 'crossStack': {
        const producer = program.stacks.find(({ name }) => name === expression.stack);
        const exported = producer?.exports.find(({ id }) => id === expression.export);
        if (producer === undefined || exported === undefined) throw new Error(`nobody exports ${expression.export}`);
        return text(exported.value, producer);
      }
    }
  };

  return { text, arn: (resource, stack) => attribute(resource, 'arn', stack), madeUp };
}
