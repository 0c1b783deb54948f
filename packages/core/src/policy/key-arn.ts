import { concat, type Expression, literal } from '../ir/expression.ts';
import type { Condition, Provenance } from '../ir/policy.ts';
import type { KeyModel, StackModel } from '../resolve/model.ts';
import { formatArn, samePlace } from '../resolve/place.ts';
import type { Links } from '../synthesise/links.ts';

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
 * How a policy in a stack names a key of this app. In the account and region of the key's stack that is the ARN; anywhere
 * else the ARN cannot be known before the key exists, so that it is any key of the key's account and region, narrowed to
 * those that have one of the key's aliases, if it has any. (The CDK names `*` there.)
 */
export function keyResource(key: KeyModel, holder: StackModel, links: Links, source: Provenance): KeyResource {
  if (holder === key.stack) return { resource: ownKeyArn(key), conditions: [] };
  if (key.kind === 'key' && samePlace(holder.environment, key.environment)) {
    return { resource: sharedKeyAttribute(key, 'arn', holder, links, source), conditions: [] };
  }
  return anyKeyWithAlias(
    key.place,
    key.aliases.map((alias) => alias.aliasName),
  );
}

/** Any key of an account and region, narrowed to those that have one of these aliases, if there are any. */
export function anyKeyWithAlias(place: KeyModel['place'], aliasNames: readonly string[]): KeyResource {
  return {
    resource: formatArn(place, 'kms', literal('key/*')),
    conditions:
      aliasNames.length === 0
        ? []
        : [{ operator: 'ForAnyValue:StringEquals', key: 'kms:ResourceAliases', values: aliasNames.map(literal) }],
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
