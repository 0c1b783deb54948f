import { report } from '../diagnostics/diagnostic.ts';
import { requiredAlias } from '../diagnostics/requirements.ts';
import { isLike } from '../language/like.ts';
import { listOf } from '../language/text.ts';
import { type RequirementRule, related, unmet } from './rule.ts';

/** A key's aliases, including those that other stacks give it, match the required names. */
export const aliasesAreRequired: RequirementRule = (required) => {
  const { definition, key, imports } = required;
  const patterns = listOf(definition.value.aliases);
  if (patterns.length === 0) return [];
  return [...key.aliases, ...imports.flatMap(({ aliases }) => aliases)]
    .filter(
      ({ aliasName }) =>
        !patterns.some((pattern) => isLike(aliasName.replace(/^alias\//, ''), pattern.replace(/^alias\//, ''))),
    )
    .map(({ aliasName, source }) => {
      const parameters = { ...unmet(required), alias: aliasName, required: patterns };
      return report(requiredAlias, source.span, parameters, related(required, 'aliases'));
    });
};
