import type { Expression } from '@keywright/core/ir/expression';
import { atom, type Code, string, template } from './code.ts';

/** How the parts of an expression that are not text are written in the program at hand: `ordersKey.arn`. */
export type Member = (part: Exclude<Expression, { kind: 'literal' | 'concat' }>) => string;

/** An expression of the IR as one of TypeScript: a string, a member, or a template of both. */
export function expressionCode(expression: Expression, member: Member): Code {
  switch (expression.kind) {
    case 'literal':
      return string(expression.text);
    case 'concat': {
      const parts = expression.parts.map((part) => (part.kind === 'literal' ? string(part.text) : atom(member(part))));
      return template('pulumi.interpolate', parts);
    }
    default:
      return atom(member(expression));
  }
}
