import { type FoldedPolicy, isList, type PolicyValue, type RowValue } from '@keywright/core/emit/rows';
import { expressionsOfPolicy } from '@keywright/core/ir/expressions-of';

/** Whether something in a policy is known only when it is deployed: an output of Pulumi. Configuration is known before. */
export function holdsOutput(policy: PolicyValue | FoldedPolicy): boolean {
  return policy.kind === 'policy'
    ? expressionsOfPolicy(policy.document).some(({ kind }) => kind !== 'literal')
    : policy.statements.some(isOutput);
}

function isOutput(value: RowValue): boolean {
  if (typeof value !== 'object') return false;
  if (isList(value)) return value.some(isOutput);
  switch (value.kind) {
    case 'object':
      return value.entries.some(([, entry]) => isOutput(entry));
    case 'concat':
      return value.parts.some(isOutput);
    case 'policy':
    case 'foldedPolicy':
      return holdsOutput(value);
    case 'literal':
    case 'parameter':
    case 'code':
      return false;
    case 'reference':
    case 'crossStack':
    case 'pseudo':
      return true;
  }
}
