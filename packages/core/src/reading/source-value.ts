import type { Expression } from '../ir/expression.ts';

/** Text that the source computes when it is deployed: a reference, or text that contains one. */
export class Computed {
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = expression;
  }
}

/** A value that the source does not contain: a parameter without a value, an attribute known after apply, a secret. */
export class Unknown {
  /** Completes "the value is not known: ". Never the value of a secret. */
  readonly reason: string;
  /** The help of the diagnostic. */
  readonly advice: string;

  constructor(reason: string, advice: string) {
    this.reason = reason;
    this.advice = advice;
  }
}

/** A source's value with its references, functions and conditions evaluated where possible. */
export type SourceValue =
  | string
  | number
  | boolean
  | null
  | Computed
  | Unknown
  | readonly SourceValue[]
  | { readonly [name: string]: SourceValue };

/** A value as an expression: text, and numbers and booleans as the text AWS would accept; `undefined` for anything else. */
export function expressionOf(value: SourceValue | undefined): Expression | undefined {
  if (value instanceof Computed) return value.expression;
  if (typeof value === 'string') return { kind: 'literal', text: value };
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'literal', text: String(value) };
  return undefined;
}

/** An expression as a value: known text, or text that the deployment computes. */
export function valueOfExpression(expression: Expression): string | Computed {
  return expression.kind === 'literal' ? expression.text : new Computed(expression);
}
