import { type Literal, literal, literalFrom } from '../ir/expression.ts';
import type { ImportModel } from './model.ts';

/**
 * The ARN or id that a lookup found; `undefined` if the lookup has not been done, which is reported. In the stack's own account and region,
 * the text has the import as its origin.
 */
export function lookedUpKey(
  { name, stack, query, entry }: Extract<ImportModel, { kind: 'lookup' }>,
  attribute: 'arn' | 'id',
): Literal | undefined {
  if (entry === undefined) return undefined;
  const text = attribute === 'arn' ? entry.arn : entry.keyId;
  const { account, region } = stack.environment;
  const isOwn = query.account === account && query.region === region;
  return isOwn ? literalFrom(`imports.${name}.${attribute}`, text) : literal(text);
}
