import type { SuppressionDefinition } from '../language/key.ts';
import type { NamedPrincipal } from '../language/principal.ts';
import { keysOf } from '../policy/decide-policies.ts';
import { elements, type Located, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import type { Model } from '../resolve/model.ts';
import { all } from '../resolve/standards.ts';
import { isRuleCode, type Review, type Suppression } from './review.ts';

/** What a project says about the rules, from all its files. */
export function readReview(project: Project, model: Model): Review {
  return {
    severities: new Map(
      [...project.rules].map(([code, { value, nameSpan }]) => [code, { severity: value, span: nameSpan }]),
    ),
    suppressions: suppressionsOf(model),
    accounts: new Set([...project.environments.values()].map(({ value }) => value.account)),
    reasons: new Map([...project.principals.values()].flatMap(({ value }) => reasonOf(value))),
  };
}

function suppressionsOf(model: Model): readonly Suppression[] {
  return model.stacks.flatMap((stack) => [
    ...keysOf(stack).flatMap((key) =>
      aboutRules(all(key.layers, 'suppress'), { kind: 'key', stack: stack.name, resource: key.id }),
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

/** Whom a named principal is, and why it may have access. */
function reasonOf(principal: NamedPrincipal): readonly (readonly [string, string])[] {
  if (!('because' in principal) || principal.because === undefined) return [];
  const who =
    'account' in principal
      ? principal.account
      : 'organization' in principal
        ? principal.organization
        : 'orgUnit' in principal
          ? principal.orgUnit
          : 'role' in principal
            ? principal.role
            : 'user' in principal
              ? principal.user
              : principal.arn;
  return [[who, principal.because]];
}
