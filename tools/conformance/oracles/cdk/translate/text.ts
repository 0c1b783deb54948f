import type { ConditionsDefinition } from '@keywright/core/language/conditions';
import type * as core from 'aws-cdk-lib';
import { listOf } from '../source/list.ts';

/** Conditions in the CDK's form. */
export type Conditions = Record<string, Record<string, unknown>>;

/** The context of a text: a stack and, for a text of a key, the name of the key. */
export type Texts = core.Stack | { readonly stack: core.Stack; readonly key: string };

/** Translates a text of the project for the CDK. The stack and its context have the values of `${account}` and the like. */
export function textIn(texts: Texts, raw: string, others: (name: string) => string | undefined = () => undefined) {
  return raw.replaceAll(/\$\$\{|\$\{([^}]*)\}/g, (whole, name: string | undefined) => {
    if (name === undefined) return '${';
    return ownValue(texts, name) ?? others(name) ?? whole;
  });
}

function ownValue(texts: Texts, name: string): string | undefined {
  const { stack, key } = 'key' in texts ? texts : { stack: texts, key: undefined };
  switch (name) {
    case 'account':
      return stack.account;
    case 'region':
      return stack.region;
    case 'partition':
      return stack.partition;
    case 'dnsSuffix':
      return stack.urlSuffix;
    case 'key':
      return key;
    default:
      return stack.node.tryGetContext(name) as string | undefined;
  }
}

export function conditionsIn(texts: Texts, definition: ConditionsDefinition | undefined): Conditions {
  const conditions: Conditions = {};
  for (const [operator, tests] of Object.entries(definition ?? {})) {
    conditions[operator] = Object.fromEntries(
      Object.entries(tests).map(([key, values]) => {
        const all = listOf<string | number | boolean>(values).map((value) =>
          typeof value === 'string' ? textIn(texts, value) : value,
        );
        return [key, oneOrMany(all)];
      }),
    );
  }
  return conditions;
}

/** Returns a single value without a list. For the CDK, a list with one value is another condition. */
export function oneOrMany<T>(values: readonly T[]): T | readonly T[] {
  const [only, another] = values;
  return only !== undefined && another === undefined ? only : values;
}

/** Joins conditions that all have to hold. */
export function joinConditions(first: Conditions, second: Conditions): Conditions {
  const joined: Conditions = { ...first };
  for (const [operator, tests] of Object.entries(second)) joined[operator] = { ...joined[operator], ...tests };
  return joined;
}
