import type { Statement } from '../compare/policy.ts';
import type { Departure } from './departure.ts';

/**
 * docs/semantics.md, "The key policy", row 5: statements without a sid are merged if they differ only in actions or only in principals.
 * Statements of one line are also merged if they differ only in resources. No statement is merged into a statement that allows every
 * action.
 */
export const grouping: Departure = {
  name: 'minimizePolicies merges statements that differ in actions, then those that differ in principals, then those of one line that differ in resources; a statement with kms:* is not merged with statements about other actions',
  reason:
    'the CDK writes kms:* and kms:Decrypt in one list, merges by resources wherever they come from, repeats until nothing is left to merge, ignores an empty sid, and treats two spellings of one principal as two',
  matches(difference) {
    if (difference.kind !== 'grouping') return false;
    const { comparison, owner, ours } = difference;
    if (!comparison.translation.source.model.settings.minimizePolicies) return false;
    // Applies the rule to the CDK's statements before the CDK merges them.
    const unmerged = comparison.unmerged().policies.get(owner.label)?.statements ?? [];
    const expected = merge(merge(unmerged, 'actions'), 'principals');
    // The CDK does not know which statements come from one line. So statements that differ only in resources may be merged or not.
    const text = (statements: readonly Statement[]) => JSON.stringify(textsOf(merge(statements, 'resources')));
    return text(expected) === text(ours) && ours.length <= expected.length;
  },
};

function merge(
  statements: readonly Statement[],
  differing: 'actions' | 'principals' | 'resources',
): readonly Statement[] {
  const merged = new Map<string, Statement>();
  for (const statement of statements) {
    const own = statement[differing];
    const isComplete = differing === 'actions' && own.some((action) => ['*', 'kms:*'].includes(action.toLowerCase()));
    const isPlain = own.length > 0 && !own.some((text) => text.startsWith('not '));
    const canMerge = statement.sid === undefined && isPlain && !isComplete;
    const key = JSON.stringify(canMerge ? { ...statement, [differing]: [] } : [statement]);
    const union = [...new Set([...(merged.get(key)?.[differing] ?? []), ...own])].sort();
    merged.set(key, { ...statement, [differing]: union });
  }
  return [...merged.values()];
}

function textsOf(statements: readonly Statement[]): readonly string[] {
  return statements.map((statement) => JSON.stringify(statement)).sort();
}

/** docs/semantics.md: a trust policy has one statement for all principals that assume the role in the same way. */
export const trustGrouping: Departure = {
  name: 'a trust policy has one statement for those who assume the role in the same way',
  reason: 'the CDK writes one for each, unless it minimizes',
  matches(difference) {
    if (difference.kind !== 'grouping' || difference.owner.kind !== 'trust') return false;
    return saysEachWayOnce(difference.ours) && difference.cdk.every(({ principals }) => principals.length === 1);
  },
  owed({ compared, ours }) {
    return [...ours.policies.values()].flatMap(({ owner, statements }) =>
      owner.kind === 'trust' && compared.has(owner.stack) && !saysEachWayOnce(statements)
        ? [`${owner.label}: two statements for those who assume the role in the same way`]
        : [],
    );
  },
};

function saysEachWayOnce(statements: readonly Statement[]): boolean {
  const ways = statements.map((statement) => JSON.stringify({ ...statement, principals: [] }));
  return new Set(ways).size === ways.length;
}
