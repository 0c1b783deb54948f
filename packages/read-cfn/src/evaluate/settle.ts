import { concat, type Expression, expressionKey, literal, type Reference } from '@keywright/core/ir/expression';
import { formatArn, type Place } from '@keywright/core/resolve/place';

/**
 * An ARN that a template puts together from an alias's, role's, user's or group's name or a key's id as the reference to it that
 * the IR has; any other expression as it is. `kindOf` says what kind of resource of this template a reference leads to.
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

/** What stands before the name or id of each in its ARN. Source: Service Authorization Reference, "Resource types". */
const services: Readonly<Record<string, { readonly name: 'kms' | 'iam'; readonly prefix: string }>> = {
  alias: { name: 'kms', prefix: '' },
  key: { name: 'kms', prefix: 'key/' },
  role: { name: 'iam', prefix: 'role/' },
  user: { name: 'iam', prefix: 'user/' },
};
