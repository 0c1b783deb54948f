import type { ConditionsDefinition } from '@keywright/core/language/conditions';
import type * as core from 'aws-cdk-lib';
import { listOf } from '../list.ts';

/** Conditions as the CDK takes them. */
export type Conditions = Record<string, Record<string, unknown>>;

/** Text of the project as text of the CDK, where `${account}` and its like are what the stack and its context say they are. */
export function textIn(stack: core.Stack, raw: string, others: (name: string) => string | undefined = () => undefined) {
  return raw.replaceAll(/\$\$\{|\$\{([^}]*)\}/g, (whole, name: string | undefined) => {
    if (name === undefined) return '${';
    return ownValue(stack, name) ?? others(name) ?? whole;
  });
}

function ownValue(stack: core.Stack, name: string): string | undefined {
  switch (name) {
    case 'account':
      return stack.account;
    case 'region':
      return stack.region;
    case 'partition':
      return stack.partition;
    case 'dnsSuffix':
      return stack.urlSuffix;
    case 'environment':
    case 'purpose':
      return stack.node.tryGetContext(name) as string | undefined;
    default:
      return undefined;
  }
}

/** Conditions with their values as text of the CDK. */
export function conditionsIn(stack: core.Stack, definition: ConditionsDefinition | undefined): Conditions {
  const conditions: Conditions = {};
  for (const [operator, tests] of Object.entries(definition ?? {})) {
    conditions[operator] = Object.fromEntries(
      Object.entries(tests).map(([key, values]) => {
        const texts = listOf<string | number | boolean>(values).map((value) =>
          typeof value === 'string' ? textIn(stack, value) : value,
        );
        return [key, oneOrMany(texts)];
      }),
    );
  }
  return conditions;
}

/** One value is written as one: the CDK takes it for another condition than a list of one. */
export function oneOrMany<T>(values: readonly T[]): T | readonly T[] {
  const [only, another] = values;
  return only !== undefined && another === undefined ? only : values;
}

/** Conditions that hold together. */
export function joinConditions(first: Conditions, second: Conditions): Conditions {
  const joined: Conditions = { ...first };
  for (const [operator, tests] of Object.entries(second)) joined[operator] = { ...joined[operator], ...tests };
  return joined;
}
