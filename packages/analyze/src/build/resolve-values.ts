import type { Expression } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { dnsSuffixOf } from '@keywright/core/kms/partitions';
import { iamArn } from '../value/arn.ts';
import { joinValue, type Unknown, type Value } from '../value/value.ts';
import type { Placed } from './placed.ts';

/** The place of a stack's resources. Parts that are known only at deployment are symbolic. */
export interface StackPlace {
  readonly account: Value;
  readonly region: Value;
  readonly partition: Value;
  readonly dnsSuffix: Value;
}

export interface Values {
  resolve(expression: Expression, stack: Stack): Value;
  placeOf(stack: Stack): StackPlace;
  /** The resource that an expression refers to, directly or through a value that stacks share. */
  resourceOf(expression: Expression, stack: Stack): Placed | undefined;
  keyArn(key: Placed): Value;
  /** The IAM name and ARN of a role, user or group. */
  iamName(principal: Placed): Value;
  principalArn(principal: Placed): Value;
}

export function resolveValues(program: Program): Values {
  const stacks = new Map(program.stacks.map((stack) => [stack.name, stack]));
  const resources = new Map(
    program.stacks.map((stack) => [stack, new Map(stack.resources.map((resource) => [resource.id, resource]))]),
  );
  const exports = new Map(
    program.stacks.map((stack) => [stack, new Map(stack.exports.map((entry) => [entry.id, entry.value]))]),
  );
  const places = new Map(program.stacks.map((stack) => [stack, placeOfStack(stack)]));

  const placeOf = (stack: Stack): StackPlace => places.get(stack) ?? placeOfStack(stack);
  const find = (stack: Stack, id: string): Placed | undefined => {
    const resource = resources.get(stack)?.get(id);
    return resource && { stack, resource };
  };
  const exported = (expression: Extract<Expression, { kind: 'crossStack' }>) => {
    const stack = stacks.get(expression.stack);
    const value = stack && exports.get(stack)?.get(expression.export);
    return stack === undefined || value === undefined ? undefined : { stack, value };
  };

  const keyId = ({ stack, resource }: Placed): Value => {
    // A replica shares its primary's key id.
    const id = resource.kind === 'replicaKey' ? resource.primary : resource.id;
    return joinValue([unknown('id', `${stack.name}/${id}`)]);
  };
  const kmsArn = ({ stack, resource }: Placed, ...ending: readonly Value[]): Value => {
    const { partition, region, account } = placeOf(stack);
    return joinValue(['arn:', partition, ':kms:', resource.region ?? region, ':', account, ':', ...ending]);
  };
  const keyArn = once((key) => kmsArn(key, 'key/', keyId(key)));
  const iamName = ({ stack, resource }: Placed): Value => {
    const physicalName = 'physicalName' in resource ? resource.physicalName : undefined;
    return physicalName ?? joinValue([unknown('name', `${stack.name}/${resource.id}`)]);
  };
  const principalArn = once((principal) => {
    const { partition, account } = placeOf(principal.stack);
    return iamArn(partition, account, joinValue([`${principal.resource.kind}/`, iamName(principal)]));
  });
  const attributeOf = (placed: Placed, attribute: 'arn' | 'id' | 'name'): Value => {
    const { resource } = placed;
    switch (resource.kind) {
      case 'key':
      case 'replicaKey':
        return attribute === 'arn' ? keyArn(placed) : keyId(placed);
      case 'alias':
        return attribute === 'arn' ? kmsArn(placed, resource.aliasName) : resource.aliasName;
      default:
        return attribute === 'arn' ? principalArn(placed) : iamName(placed);
    }
  };
  const resolve = (expression: Expression, stack: Stack): Value => {
    switch (expression.kind) {
      case 'literal':
        return expression.text;
      case 'concat':
        return joinValue(expression.parts.map((part) => resolve(part, stack)));
      case 'pseudo':
        return placeOf(stack)[expression.name];
      case 'reference': {
        const placed = find(stack, expression.resource);
        return placed === undefined
          ? joinValue([unknown('value', `${stack.name}/${expression.resource}`)])
          : attributeOf(placed, expression.attribute);
      }
      case 'crossStack': {
        const exportedValue = exported(expression);
        return exportedValue === undefined
          ? joinValue([unknown('value', `${expression.stack}/${expression.export}`)])
          : resolve(exportedValue.value, exportedValue.stack);
      }
    }
  };
  const resourceOf = (expression: Expression, stack: Stack): Placed | undefined => {
    if (expression.kind === 'reference') return find(stack, expression.resource);
    if (expression.kind !== 'crossStack') return undefined;
    const exportedValue = exported(expression);
    return exportedValue && resourceOf(exportedValue.value, exportedValue.stack);
  };

  return { resolve, placeOf, resourceOf, keyArn, iamName, principalArn };
}

/** Caches the value of each resource, so that equal values are also identical. */
function once(make: (placed: Placed) => Value): (placed: Placed) => Value {
  const ids = new Map<Resource, Value>();
  return (placed) => {
    const cached = ids.get(placed.resource);
    if (cached !== undefined) return cached;
    const value = make(placed);
    ids.set(placed.resource, value);
    return value;
  };
}

function placeOfStack(stack: Stack): StackPlace {
  const { account, region, partition } = stack.environment;
  const unknownPart = (kind: 'account' | 'region' | 'partition' | 'dnsSuffix') =>
    joinValue([unknown(kind, stack.name)]);
  return {
    account: account ?? unknownPart('account'),
    region: region ?? unknownPart('region'),
    partition: partition ?? unknownPart('partition'),
    dnsSuffix: partition === undefined ? unknownPart('dnsSuffix') : dnsSuffixOf(partition),
  };
}

function unknown(kind: Unknown['unknown'], of: string): Unknown {
  return { unknown: kind, of };
}
