import type { Expression } from '@keywright/core/ir/expression';
import type { Statement } from '@keywright/core/ir/policy';

/** Thrown for something that `keywright.yaml` cannot express, with its statement. */
export class Inexpressible extends Error {
  readonly statement: Statement | undefined;

  constructor(problem: string, statement?: Statement) {
    super(problem);
    this.statement = statement;
  }
}

/** Converts each statement. Adds the statement to an error. */
export function eachStatement<T>(statements: readonly Statement[], make: (statement: Statement) => T): T[] {
  return statements.map((statement) => {
    try {
      return make(statement);
    } catch (error) {
      throw error instanceof Inexpressible ? new Inexpressible(error.message, statement) : error;
    }
  });
}

/** Returns how a text of the language refers to a value, such as `${keys.orders.arn}`; `undefined` if it cannot refer to the value. */
export type ReferenceText = (part: Extract<Expression, { kind: 'reference' | 'crossStack' }>) => string | undefined;

/** Writes an expression as a text of the language. A `${` that is not a placeholder is doubled. */
export function textOf(expression: Expression, referenceText: ReferenceText = () => undefined): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text.replaceAll('${', () => '$${');
    case 'pseudo':
      return `\${${expression.name}}`;
    case 'concat':
      return expression.parts.map((part) => textOf(part, referenceText)).join('');
    case 'reference':
    case 'crossStack': {
      const text = referenceText(expression);
      if (text !== undefined) return text;
      const what =
        expression.kind === 'reference' ? `the ${expression.attribute} of ${expression.resource}` : expression.export;
      throw new Inexpressible(`no text can refer to ${what} here`);
    }
  }
}

/** Returns a list as the language has it: a single value without brackets. */
export function oneOrMany<T>(values: readonly T[]): T | T[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : [...values];
}
