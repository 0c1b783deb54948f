import type { ImportModel } from '@keywright/core/resolve/model';
import type { Difference } from '../compare/difference.ts';
import type { Translation } from './translation.ts';

/** Records a limit: CDK 1 lacks the flag that makes grants on an alias effective. */
export function limitAliasGrants(imported: ImportModel, { library, limits, source }: Translation): void {
  const grants = imported.definition.value.grants ?? [];
  if (!library.legacy || imported.kind !== 'alias' || grants.length === 0) return;
  if (source.model.settings.aliasGrants !== 'identity') return;
  const test = JSON.stringify(['ForAnyValue:StringEquals', 'kms:ResourceAliases', [imported.alias.text]]);
  limits.push({
    name: 'oldAliasGrant',
    covers: (difference: Difference) =>
      difference.kind === 'permission' &&
      difference.owner.kind === 'identity' &&
      difference.side === 'ours' &&
      difference.permission.condition.includes(test),
  });
}
