import { concat, type Expression, type Literal, literal } from '../ir/expression.ts';
import { formatArn } from '../ir/format-arn.ts';
import type { Condition, Provenance } from '../ir/policy.ts';
import type { KeyModel, StackModel } from '../resolve/model.ts';
import { samePlace } from '../resolve/place.ts';
import type { Links } from '../stacks/links.ts';

/** How an identity policy names a key. */
export interface KeyResource {
  readonly resource: Expression;
  /** The condition that narrows a resource other than the key's own ARN. */
  readonly conditions: readonly Condition[];
}

/**
 * The ARN of a key of this app as a policy in a stack names it. `undefined` if it cannot be known before the key exists, as for a key in
 * another account or region. The ARN of a replica is made from the id of the primary key, which the stack `holder` receives.
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

/**
 * A key's ARN as a stack sees it: a reference in the key's own stack; in any other stack, the shared ARN or, for a replica, an ARN made
 * from the shared id of its primary key.
 */
export function sharedKeyArn(key: KeyModel, consumer: StackModel, links: Links, source: Provenance): Expression {
  if (consumer === key.stack) return { kind: 'reference', resource: key.id, attribute: 'arn' };
  if (key.primary === undefined) return sharedKeyAttribute(key, 'arn', consumer, links, source);
  const id = sharedKeyAttribute(key.primary, 'id', consumer, links, source);
  return formatArn(key.place, 'kms', concat(literal('key/'), id));
}

/** The keys of an account and region that have one of these aliases. */
export function anyKeyWithAlias(
  place: KeyModel['place'],
  aliasNames: readonly [Literal, ...(readonly Literal[])],
): KeyResource {
  return {
    resource: formatArn(place, 'kms', literal('key/*')),
    conditions: [
      {
        operator: 'ForAnyValue:StringEquals',
        key: 'kms:ResourceAliases',
        values: aliasNames,
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
