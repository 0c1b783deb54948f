import { report } from '../diagnostics/diagnostic.ts';
import { requiredAlias } from '../diagnostics/requirements.ts';
import { isLike } from '../language/like.ts';
import { listOf } from '../language/text.ts';
import { importsThatMayBe } from './imports-that-may-be.ts';
import { type RequirementRule, related, unmet } from './rule.ts';

/**
 * A key's aliases match the required names: its own, those that other stacks give it, and those of imports in a team's files that may be
 * the key.
 */
export const aliasesAreRequired: RequirementRule = (required) => {
  const { definition, key, imports } = required;
  const patterns = listOf(definition.value.aliases);
  if (patterns.length === 0) return [];
  return [
    { name: key.name, aliases: [...key.aliases, ...imports.flatMap(({ aliases }) => aliases)] },
    ...importsThatMayBe(required),
  ].flatMap(({ name, aliases }) =>
    aliases
      .filter(
        ({ aliasName }) =>
          !patterns.some((pattern) => isLike(aliasName.replace(/^alias\//, ''), pattern.replace(/^alias\//, ''))),
      )
      .map(({ aliasName, source }) => {
        const parameters = { ...unmet(required), key: name, alias: aliasName, required: patterns };
        return report(requiredAlias, source.span, parameters, related(required, 'aliases'));
      }),
  );
};
