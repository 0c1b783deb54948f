import type { Expression } from '@keywright/core/ir/expression';
import type { KmsGrant } from '@keywright/core/ir/program';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { attribute, flagOf, pairsOf, requiredText, textOf, textsOf, Unread } from '../attributes.ts';
import type { SourceResource } from '../source/resource.ts';
import { allIsRead } from './arguments.ts';
import { type Context, commonOf, type Node } from './context.ts';

export function readGrant(
  node: Node,
  key: { readonly name: string; readonly target: Expression },
  { references }: Context,
): KmsGrant {
  const { source } = node;
  allIsRead(source);
  const name = textOf(source, 'name');
  const retiring = textOf(source, 'retiring_principal');
  const context = encryptionContextOf(source);
  return {
    kind: 'kmsGrant',
    ...commonOf(node),
    name: name ?? node.name,
    named: name !== undefined,
    retireOnDelete: flagOf(source, 'retire_on_delete') ?? false,
    keyName: key.name,
    key: key.target,
    grantee: references.restored(requiredText(source, 'grantee_principal'), node.id),
    ...(retiring !== undefined && { retiringPrincipal: references.restored(retiring, node.id) }),
    // Sorted, because Terraform stores operations as a set.
    operations: [...textsOf(source, 'operations')].sort(),
    ...(context !== undefined && { encryptionContext: context }),
  };
}

/**
 * Returns the constraint of a grant. A grant has at most one constraint, of one of two kinds. Source: AWS KMS API reference,
 * GrantConstraints.
 */
function encryptionContextOf(source: SourceResource): KmsGrant['encryptionContext'] {
  const blocks = attribute(source, 'constraints') ?? [];
  if (!Array.isArray(blocks)) throw new Unread('constraints', 'its constraints are not a list');
  const constraints = blocks.flatMap((block: unknown) =>
    (['equals', 'subset'] as const).flatMap((match) => {
      const pairs = pairsOf(isMapping(block) ? block[`encryption_context_${match}`] : undefined, 'constraints');
      return pairs.length === 0 ? [] : [{ match, pairs: pairs.map(([name, value]) => ({ name, value })) }];
    }),
  );
  if (constraints.length > 1) throw new Unread('constraints', 'its constraints have both kinds of pairs');
  return constraints[0];
}
