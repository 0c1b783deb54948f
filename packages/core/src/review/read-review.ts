import type { SuppressionDefinition } from '../language/key.ts';
import { declaredAccounts } from '../project/declared-accounts.ts';
import { elements, type Located, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { keysOf, type Model } from '../resolve/model.ts';
import { readReasons } from './read-reasons.ts';
import { isRuleCode, type Review, type Suppression } from './review.ts';

/** Gathers the settings for the rules from all files of a project. */
export function readReview(project: Project, model: Model): Review {
  return {
    severities: new Map(
      [...project.rules].map(([code, { value, nameSpan }]) => [code, { severity: value, span: nameSpan }]),
    ),
    suppressions: suppressionsOf(model),
    accounts: declaredAccounts(project),
    reasons: readReasons(project),
  };
}

function suppressionsOf({ deployments, likenesses }: Model): readonly Suppression[] {
  return deployments.flatMap((stack) => [
    ...keysOf(likenesses.get(stack) ?? stack).flatMap((key) =>
      aboutRules(key.properties.suppress, { kind: 'key', stack: stack.name, resource: key.id }),
    ),
    ...[...stack.imports.values()].flatMap(({ definition }) =>
      aboutRules(elements(property(definition, 'suppress')), { kind: 'import', span: definition.span }),
    ),
  ]);
}

function aboutRules(
  suppressions: readonly Located<SuppressionDefinition>[],
  of: Suppression['of'],
): readonly Suppression[] {
  return suppressions
    .filter(({ value }) => isRuleCode(value.rule))
    .map(({ value, span, through }) => ({ ...value, of, span, ...(through !== undefined && { through }) }));
}
