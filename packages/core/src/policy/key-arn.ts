import { concat, type Expression, literal } from '../ir/expression.ts';
import type { Condition, Provenance } from '../ir/policy.ts';
import type { KeyModel, StackModel } from '../resolve/model.ts';
import { formatArn, samePlace } from '../resolve/place.ts';
import type { Links } from '../stacks/links.ts';

/** How an identity policy says which key it is about. */
export interface KeyResource {
  readonly resource: Expression;
  /** What narrows a resource that is not the key's own ARN. */
  readonly conditions: readonly Condition[];
}

/** The ARN of a key as its own stack sees it. That of a replica follows from the id of its primary, which it shares. */
export function ownKeyArn(key: KeyModel): Expression {
  if (key.primary === undefined) return { kind: 'reference', resource: key.id, attribute: 'arn' };
  const id: Expression = { kind: 'reference', resource: key.primary.id, attribute: 'id' };
  return formatArn(key.place, 'kms', concat(literal('key/'), id));
}

/**
 * A key of this app as a policy in a stack names it: its ARN. Undefined where that cannot be known before the key exists,
 * which is in another account or region. A replica has the id of its primary, which is what its stack shares.
 */
export function keyResource(
  key: KeyModel,
  holder: StackModel,
  links: Links,
  source: Provenance,
): KeyResource | undefined {
  if (holder !== key.stack && !samePlace(holder.environment, key.stack.environment)) return undefined;
  return { resource: sharedKeyArn(key, holder, links, source), conditions: [] };
}

/** The ARN of a key as a stack sees it that its own stack shares values with. */
export function sharedKeyArn(key: KeyModel, consumer: StackModel, links: Links, source: Provenance): Expression {
  if (consumer === key.stack) return ownKeyArn(key);
  if (key.primary === undefined) return sharedKeyAttribute(key, 'arn', consumer, links, source);
  const id = sharedKeyAttribute(key.primary, 'id', consumer, links, source);
  return formatArn(key.place, 'kms', concat(literal('key/'), id));
}

/** The keys of an account and region that have one of these aliases. */
export function anyKeyWithAlias(
  place: KeyModel['place'],
  aliasNames: readonly [string, ...(readonly string[])],
): KeyResource {
  return {
    resource: formatArn(place, 'kms', literal('key/*')),
    conditions: [
      {
        operator: 'ForAnyValue:StringEquals',
        key: 'kms:ResourceAliases',
        values: aliasNames.map((name) => literal(name)),
      },
    ],
  };
}

/** The ARN or id of a primary key as another stack sees it. */
export function sharedKeyAttribute(
  key: KeyModel,
  attribute: 'arn' | 'id',
  consumer: StackModel,
  links: Links,
  source: Provenance,
): Expression {
  return links.use(consumer, {
    producer: key.stack,
    exportId: `keys.${key.name}.${attribute}`,
    value: { kind: 'reference', resource: key.id, attribute },
    source,
    reason: `it uses the key \`${key.name}\``,
  });
}
