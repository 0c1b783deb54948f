/** Takes apart the values of deployments of one program, which all have the same shape. */
import { isList } from '../collections/is-list.ts';
import type { Expression } from '../ir/expression.ts';
import { statementTree } from './policy-tree.ts';
import type { Computed, ObjectValue, RowValue } from './rows.ts';

/** Whether an object is a tag in CloudFormation's form. */
export function isTag({ entries: [key, value, ...others] }: ObjectValue): boolean {
  return key?.[0] === 'Key' && typeof key[1] === 'string' && value?.[0] === 'Value' && others.length === 0;
}

/** Fails for values that differ in shape, which the values of one program never do. */
export function failShape(): never {
  throw new Error('deployments of one program differ in shape');
}

export function numberOf(value: RowValue): number {
  return typeof value === 'number' ? value : failShape();
}

export function plainOf(value: RowValue): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : failShape();
}

export function computedOf(value: RowValue): Computed {
  if (typeof value === 'string') return { kind: 'literal', text: value };
  if (typeof value !== 'object' || isList(value)) return failShape();
  switch (value.kind) {
    case 'code':
    case 'object':
    case 'policy':
    case 'foldedPolicy':
      return failShape();
    default:
      return value;
  }
}

export function listOf(value: RowValue, length: number): readonly RowValue[] {
  return isList(value) && value.length === length ? value : failShape();
}

export function column(lists: readonly (readonly RowValue[])[], index: number): readonly RowValue[] {
  return lists.map((list) => list[index] ?? failShape());
}

export function objectOf(value: RowValue): ObjectValue {
  return typeof value === 'object' && !isList(value) && value.kind === 'object' ? value : failShape();
}

export function policyOf(value: RowValue, length: number): readonly ObjectValue[] {
  if (typeof value !== 'object' || isList(value) || value.kind !== 'policy') return failShape();
  const { statements } = value.document;
  return statements.length === length ? statements.map(statementTree) : failShape();
}

export function idOf(value: RowValue): Expression | undefined {
  return typeof value === 'object' && !isList(value) && value.kind === 'policy' ? value.document.id : undefined;
}
