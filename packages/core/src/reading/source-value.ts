import type { Expression } from '../ir/expression.ts';

/** Text that the source computes when it is deployed: a reference, or text with one in it. */
export class Computed {
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = expression;
  }
}

/** A value that the source does not say: a parameter without a value, an attribute known after apply, a secret. */
export class Unknown {
  /** Completes "the value is not known: ". Never the value of a secret. */
  readonly reason: string;
  /** What to do, as the help of a diagnostic. */
  readonly advice: string;

  constructor(reason: string, advice: string) {
    this.reason = reason;
    this.advice = advice;
  }
}

/** A value of a source, with its own references, functions and conditions evaluated as far as they go. */
export type SourceValue =
  | string
  | number
  | boolean
  | null
  | Computed
  | Unknown
  | readonly SourceValue[]
  | { readonly [name: string]: SourceValue };

/** A value as an expression: text, numbers and booleans as the text that AWS would take; undefined for anything else. */
export function expressionOf(value: SourceValue | undefined): Expression | undefined {
  if (value instanceof Computed) return value.expression;
  if (typeof value === 'string') return { kind: 'literal', text: value };
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'literal', text: String(value) };
  return undefined;
}
