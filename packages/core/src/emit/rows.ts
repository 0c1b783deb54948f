/** What a target says of a resource: an argument of the generated code a row. Printers make text of the values. */
import type { Expression } from '../ir/expression.ts';
import type { PolicyDocument } from '../ir/policy.ts';
import { oncePerStatement, policyVersion } from './policy-tree.ts';

/** An argument as the target calls it, and its value; a row without a value is not written. */
export type Row = readonly [argument: string, value: RowValue | undefined];

export type Rows = readonly Row[];

/** A string is text as it stands; an expression is what the target may have to compute. */
export type RowValue =
  | string
  | number
  | boolean
  | Expression
  | CodeValue
  | PolicyValue
  | readonly RowValue[]
  | ObjectValue;

/** Text in the language of the target: the name of a constant, an address. */
export interface CodeValue {
  readonly kind: 'code';
  readonly text: string;
}

export interface PolicyValue {
  readonly kind: 'policy';
  readonly document: PolicyDocument;
}

/** An object; its entries are in the order in which they are printed. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly entries: readonly (readonly [key: string, value: RowValue])[];
  /** Each entry has a line of its own, even where one line would do. */
  readonly isExpanded?: true;
}

export function code(text: string): CodeValue {
  return { kind: 'code', text };
}

export function policy(document: PolicyDocument): PolicyValue {
  return { kind: 'policy', document };
}

/** An object of the rows that have a value. */
export function object(rows: Rows): ObjectValue {
  return { kind: 'object', entries: written(rows) };
}

/** An object with a line for each pair; undefined where there are none. */
export function lines(pairs: readonly { readonly name: string; readonly value: RowValue }[]): ObjectValue | undefined {
  if (pairs.length === 0) return undefined;
  return { kind: 'object', entries: pairs.map(({ name, value }) => [name, value]), isExpanded: true };
}

/** A value that is written only where it differs from what AWS takes without it. */
export function unless<T extends RowValue>(byDefault: NoInfer<T>, value: T): T | undefined {
  return value === byDefault ? undefined : value;
}

/** The rows that have a value. */
export function written(rows: Rows): readonly (readonly [argument: string, value: RowValue])[] {
  return rows.filter((row): row is readonly [string, RowValue] => row[1] !== undefined);
}

/** How a target prints values: each kind of value, given what its parts have become. */
export interface ValuePrinter<T> {
  text(text: string): T;
  scalar(value: number | boolean): T;
  code(text: string): T;
  expression(expression: Expression): T;
  list(items: readonly T[]): T;
  object(entries: readonly (readonly [key: string, value: T])[], isExpanded: boolean): T;
  /** A statement of a policy, given as an object. Made once for all statements that say the same. */
  statement(object: T): T;
  /** A policy document, given as an object of its statements. */
  policy(object: T, document: PolicyDocument): T;
}

/** The function that prints the values of one file. */
export function printerOf<T>(target: ValuePrinter<T>): (value: RowValue) => T {
  const statement = oncePerStatement((tree) => target.statement(print(tree)));
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
        const entries = [
          ['Version', target.text(policyVersion)] as const,
          ...(id === undefined ? [] : [['Id', target.text(id)] as const]),
          ['Statement', target.list(statements.map(statement))] as const,
        ];
        return target.policy(target.object(entries, true), value.document);
      }
      default:
        return target.expression(value);
    }
  };
  return print;
}

/** Whether a value is a list; `Array.isArray` does not narrow readonly arrays. */
function isList(value: Exclude<RowValue, string | number | boolean>): value is readonly RowValue[] {
  return Array.isArray(value);
}
