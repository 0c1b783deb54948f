/** A key's final policy as the JSON that AWS reads, with the provenance of each statement. */
import { type PolicyTree, policyTree } from '@keywright/core/emit/policy-tree';
import type { PolicyDocument, Provenance } from '@keywright/core/ir/policy';
import type { Program, Stack } from '@keywright/core/ir/program';
import { resolveValues } from '../build/resolve-values.ts';
import { shown } from '../value/value.ts';

export type Json = string | readonly Json[] | { readonly [name: string]: Json };

export interface EffectivePolicy {
  readonly version: string;
  /** The document's `Id`, if it has one. */
  readonly id?: string;
  readonly statements: readonly EffectiveStatement[];
}

export interface EffectiveStatement {
  /** As in a policy document. Values that the deployment decides appear in words: `<name of security/role/ordersApi>`. */
  readonly json: { readonly [name: string]: Json };
  readonly source: Provenance;
}

/** A policy of a stack as AWS reads it, with all that defaults, standards, presets and grants add. */
export function effectivePolicy(program: Program, stack: Stack, policy: PolicyDocument): EffectivePolicy {
  const values = resolveValues(program);
  const plain = (tree: PolicyTree): Json => {
    if (typeof tree === 'string') return tree;
    if (!('kind' in tree)) return tree.map(plain);
    if (tree.kind !== 'object') return shown(values.resolve(tree, stack));
    return Object.fromEntries(tree.entries.map(([name, value]) => [name, plain(value)]));
  };
  const tree = new Map(policyTree(policy).entries);
  const version = tree.get('Version');
  return {
    version: typeof version === 'string' ? version : '',
    ...(policy.id !== undefined && { id: shown(values.resolve(policy.id, stack)) }),
    statements: policy.statements.map((statement) => ({
      json: statementOf(plain(new Map(policyTree({ statements: [statement] }).entries).get('Statement') ?? [])),
      source: statement.source,
    })),
  };
}

function statementOf(list: Json): EffectiveStatement['json'] {
  const [statement] = Array.isArray(list) ? list : [];
  if (typeof statement !== 'object' || Array.isArray(statement))
    throw new Error('a policy of one statement has another form');
  return statement as EffectiveStatement['json']; // Array.isArray does not narrow readonly arrays away
}
