import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { tooManyAliases } from '../diagnostics/keys.ts';
import { expressionKey } from '../ir/expression.ts';
import { limits } from '../kms/limits.ts';
import type { AliasModel, ImportModel, StackModel } from '../resolve/model.ts';

/** A key has at most 50 aliases, counting those created by its own stack and by stacks that import it. */
export function aliasesAreFewEnough(stacks: readonly StackModel[]): readonly Diagnostic[] {
  const aliasesByKey = new Map<unknown, AliasModel[]>();
  const hold = (key: unknown, aliases: readonly AliasModel[]) =>
    aliasesByKey.set(key, [...(aliasesByKey.get(key) ?? []), ...aliases]);
  for (const stack of stacks) {
    for (const key of stack.keys.values()) for (const member of [key, ...key.replicas]) hold(member, member.aliases);
    for (const imported of stack.imports.values()) hold(identityOf(imported), imported.aliases);
  }
  return [...aliasesByKey.values()].flatMap((aliases) => {
    const first = aliases[limits.aliases];
    return first === undefined
      ? []
      : [
          report(tooManyAliases, first.source.span, {
            key: first.keyName,
            count: aliases.length,
            maximum: limits.aliases,
          }),
        ];
  });
}

/** A value that is equal for imports of the same key. */
function identityOf(imported: ImportModel): unknown {
  switch (imported.kind) {
    case 'key':
      return imported.key;
    case 'arn':
      return expressionKey(imported.arn);
    case 'lookup':
      return imported.entry?.arn ?? imported;
    case 'alias':
      return imported;
  }
}
