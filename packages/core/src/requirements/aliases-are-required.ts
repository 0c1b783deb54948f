import { report } from '../diagnostics/diagnostic.ts';
import { requiredAlias } from '../diagnostics/requirements.ts';
import { withoutAliasPrefix } from '../kms/alias-prefix.ts';
import { isLike } from '../language/like.ts';
import { listOf } from '../language/text.ts';
import type { AliasModel, ImportModel, RequirementModel } from '../resolve/model.ts';
import { importsThatMayBe } from './imports-that-may-be.ts';
import { type Required, type RequirementRule, related, unmet } from './rule.ts';

/**
 * All aliases of a key match the required names: its own aliases, the aliases that other stacks give the key, and the aliases of imports in
 * a team's files that may be the key, unless an exception names the import.
 */
export const aliasesAreRequired: RequirementRule = (required) => {
  const { definition, key, imports } = required;
  const { aliases: patterns, except = [] } = definition.value;
  const mayBe = importsThatMayBe(required).filter((one) => !except.some((exception) => exception.key === nameOf(one)));
  return [
    { name: key.name, aliases: [...key.aliases, ...imports.flatMap(({ aliases }) => aliases)] },
    ...mayBe,
  ].flatMap(({ name, aliases }) =>
    aliases
      .filter((alias) => hasOtherName(alias, definition))
      .map(({ aliasName, source }) => {
        const parameters = { ...unmet(required), key: name, alias: aliasName, required: listOf(patterns) };
        return report(requiredAlias, source.span, parameters, related(required, 'aliases'));
      }),
  );
};

/** Whether an exception names an import by ARN, lookup or alias, and whether such an import has an alias that needs the exception. */
export function importsOfException(exception: string, required: Required): { isKnown: boolean; isNeeded: boolean } {
  const imports = importsThatMayBe(required).filter((one) => nameOf(one) === exception);
  const isNeeded = imports.some(({ aliases }) => aliases.some((alias) => hasOtherName(alias, required.definition)));
  return { isKnown: imports.length > 0, isNeeded };
}

function nameOf({ name, stack }: ImportModel): string {
  return `${stack.definition.name}.${name}`;
}

function hasOtherName({ aliasName }: AliasModel, { value }: RequirementModel['definition']): boolean {
  const patterns = listOf(value.aliases);
  return (
    patterns.length > 0 &&
    !patterns.some((pattern) => isLike(withoutAliasPrefix(aliasName), withoutAliasPrefix(pattern)))
  );
}
