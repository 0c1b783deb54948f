import type { Computed, ComputedPart } from '@keywright/core/emit/rows';
import { quote, templateText } from './text.ts';

/** Prints a part of an expression that is not text as the current module refers to it, such as `aws_kms_key.orders.arn`. */
export type Traversal = (part: Exclude<ComputedPart, { kind: 'literal' }>) => string;

/** Prints an expression of the IR as HCL: a quoted string, a traversal, or a template of both. */
export function printExpression(expression: Computed, traversal: Traversal): string {
  switch (expression.kind) {
    case 'literal':
      return quote(expression.text);
    case 'concat': {
      const parts = expression.parts.map((part, index, parts) => {
        if (part.kind !== 'literal') return `\${${traversal(part)}}`;
        return templateText(part.text, index === parts.length - 1 ? 'end' : 'interpolation');
      });
      return `"${parts.join('')}"`;
    }
    default:
      return traversal(expression);
  }
}
