import { report } from '../diagnostics/diagnostic.ts';
import { requiredAlias } from '../diagnostics/requirements.ts';
import { isLike } from '../language/like.ts';
import { listOf } from '../language/text.ts';
import { type RequirementRule, related, unmet } from './rule.ts';

/** A key's aliases, including those that other stacks give it, match the required names. */
export const aliasesAreRequired: RequirementRule = (required) => {
  const { definition, key, imports } = required;
  const wanted = listOf(definition.value.aliases);
  if (wanted.length === 0) return [];
  return [...key.aliases, ...imports.flatMap(({ aliases }) => aliases)]
    .filter(
      ({ aliasName }) =>
        !wanted.some((pattern) => isLike(aliasName.replace(/^alias\//, ''), pattern.replace(/^alias\//, ''))),
    )
    .map(({ aliasName, source }) => {
      const found = { ...unmet(required), alias: aliasName, required: wanted };
      return report(requiredAlias, source.span, found, related(required, 'aliases'));
    });
};
