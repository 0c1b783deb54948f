/** A resource as a target sees it: one row per argument of the generated code. Printers turn the values into text. */
import { isList } from '../collections/is-list.ts';
import type { Concat, DifferenceOrigin, Expression } from '../ir/expression.ts';
import type { PolicyDocument } from '../ir/policy.ts';
import { oncePerStatement, policyVersion } from './policy-tree.ts';

/**
 * An argument in the target's spelling, and its value; a row without a value is not written. `difference`: the entries of `in` that can
 * change a number or plain text.
 */
export type Row = readonly [argument: string, value: RowValue | undefined, difference?: DifferenceOrigin | undefined];

export type Rows = readonly Row[];

/** A string is literal text; an expression is something that the target may have to compute. */
export type RowValue =
  | string
  | number
  | boolean
  | Computed
  | CodeValue
  | PolicyValue
  | FoldedPolicy
  | readonly RowValue[]
  | ObjectValue;

/** A value that differs between the deployments of a program; each deployment provides it. */
export interface ParameterReference {
  readonly kind: 'parameter';
  readonly name: string;
}

/** An expression, possibly with parameters in it. */
export type Computed = Expression | ParameterReference | ComputedText;

export interface ComputedText {
  readonly kind: 'concat';
  readonly parts: readonly ComputedPart[];
}

export type ComputedPart = Exclude<Expression, Concat> | ParameterReference;

/** Text in the target's language: the name of a constant, an address. */
export interface CodeValue {
  readonly kind: 'code';
  readonly text: string;
}

export interface PolicyValue {
  readonly kind: 'policy';
  readonly document: PolicyDocument;
}

/** A policy shared by several deployments, as printable values. */
export interface FoldedPolicy {
  readonly kind: 'foldedPolicy';
  readonly id: RowValue | undefined;
  readonly statements: readonly RowValue[];
}

/** An object, with its entries in printing order. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly entries: readonly (readonly [key: string, value: RowValue])[];
  /** Each entry gets a line of its own, even if one line would do. */
  readonly isExpanded?: true;
}

export function code(text: string): CodeValue {
  return { kind: 'code', text };
}

export function policy(document: PolicyDocument): PolicyValue {
  return { kind: 'policy', document };
}

export function object(rows: Rows): ObjectValue {
  return { kind: 'object', entries: written(rows) };
}

/** An object with a line for each pair; `undefined` without pairs. */
export function lines(pairs: readonly { readonly name: string; readonly value: RowValue }[]): ObjectValue | undefined {
  if (pairs.length === 0) return undefined;
  return { kind: 'object', entries: pairs.map(({ name, value }) => [name, value]), isExpanded: true };
}

/** A value that is written only if it differs from AWS's default. */
export function unless<T extends RowValue>(byDefault: NoInfer<T>, value: T): T | undefined {
  return value === byDefault ? undefined : value;
}

/** The rows that have a value. */
export function written(rows: Rows): readonly (readonly [argument: string, value: RowValue])[] {
  return rows.filter((row): row is readonly [string, RowValue] => row[1] !== undefined);
}

/** How a target prints each kind of value from its printed parts. */
export interface ValuePrinter<T> {
  text(text: string): T;
  scalar(value: number | boolean): T;
  code(text: string): T;
  expression(expression: Computed): T;
  list(items: readonly T[]): T;
  object(entries: readonly (readonly [key: string, value: T])[], isExpanded: boolean): T;
  /** A statement of a policy, given as an object. Printed once for all equal statements. */
  statement(object: T): T;
  /** A policy document, given as an object with its statements. */
  policy(object: T, value: PolicyValue | FoldedPolicy): T;
}

/** A function that prints the values of one file. */
export function printerOf<T>(target: ValuePrinter<T>): (value: RowValue) => T {
  const statement = oncePerStatement((tree) => target.statement(print(tree)));
  const printPolicy = (value: PolicyValue | FoldedPolicy, id: RowValue | undefined, statements: readonly T[]): T => {
    const entries = [
      ['Version', target.text(policyVersion)] as const,
      ...(id === undefined ? [] : [['Id', print(id)] as const]),
      ['Statement', target.list(statements)] as const,
    ];
    return target.policy(target.object(entries, true), value);
  };
  const print = (value: RowValue): T => {
    if (typeof value === 'string') return target.text(value);
    if (typeof value !== 'object') return target.scalar(value);
    if (isList(value)) return target.list(value.map(print));
    switch (value.kind) {
      case 'code':
        return target.code(value.text);
      case 'object': {
        const entries = value.entries.map(([key, entry]) => [key, print(entry)] as const);
        return target.object(entries, value.isExpanded ?? false);
      }
      case 'policy': {
        const { id, statements } = value.document;
        return printPolicy(value, id, statements.map(statement));
      }
      case 'foldedPolicy':
        return printPolicy(
          value,
          value.id,
          value.statements.map((tree) => target.statement(print(tree))),
        );
      default:
        return target.expression(value);
    }
  };
  return print;
}
