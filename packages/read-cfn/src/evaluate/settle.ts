import { concat, type Expression, expressionKey, literal, type Reference } from '@keywright/core/ir/expression';
import { formatArn } from '@keywright/core/ir/format-arn';
import type { Place } from '@keywright/core/resolve/place';

/**
 * Turns an ARN that a template composes from the name of an alias, role or user, or from the id of a key, into a reference of the IR.
 * Returns any other expression unchanged. `kindOf` returns the kind of the resource that a reference leads to.
 */
export function settled(expression: Expression, place: Place, kindOf: (reference: Reference) => string): Expression {
  if (expression.kind !== 'concat') return expression;
  const last = expression.parts.at(-1);
  if (last?.kind !== 'reference' || last.attribute === 'arn') return expression;
  const service = services[kindOf(last)];
  if (service === undefined) return expression;
  const arn = formatArn(place, service.name, concat(literal(service.prefix), last));
  return expressionKey(arn) === expressionKey(expression) ? { ...last, attribute: 'arn' } : expression;
}

/** The text before the name or id in the ARN of each kind. Source: Service Authorization Reference, "Resource types". */
const services: Readonly<Record<string, { readonly name: 'kms' | 'iam'; readonly prefix: string }>> = {
  alias: { name: 'kms', prefix: '' },
  key: { name: 'kms', prefix: 'key/' },
  role: { name: 'iam', prefix: 'role/' },
  user: { name: 'iam', prefix: 'user/' },
};
