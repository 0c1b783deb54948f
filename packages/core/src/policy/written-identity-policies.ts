import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { policyCannotBeAttached } from '../diagnostics/policy.ts';
import type { Statement } from '../ir/policy.ts';
import type { IdentityPolicyDefinition, IdentityStatementDefinition } from '../language/identity-policy.ts';
import type { PrincipalReference } from '../language/principal.ts';
import { elements, entries, type Located, type Named, oneOrMore, property, provenance } from '../project/located.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { StackModel } from '../resolve/model.ts';
import { arnIsOfSomewhere } from '../resolve/places-exist.ts';
import type { Links } from '../stacks/links.ts';
import type { AliasMovers } from './alias-movers.ts';
import { bindPrincipals, type PrincipalScope } from './bind-principals.ts';
import type { Grantee } from './grantee.ts';
import type { Holder } from './identity-policies.ts';
import { keyPlaceholders, keyReference } from './key-reference.ts';
import { lowerConditions } from './statements.ts';

/** An inline policy that the project writes statement by statement. */
export interface WrittenIdentityPolicy {
  readonly definition: Named<IdentityPolicyDefinition>;
  readonly holder: Holder;
  readonly statements: readonly Statement[];
}

/** The policies under `identityPolicies` of a stack. One that cannot be attached is KW8230 and left out. */
export function writtenIdentityPolicies(
  stack: StackModel,
  scope: PrincipalScope,
  links: Links,
  aliasMovers: AliasMovers,
  diagnostics: Diagnostic[],
): readonly WrittenIdentityPolicy[] {
  return entries(property(stack.definition, 'identityPolicies')).flatMap((definition) => {
    const holder = holderOf(definition, stack, scope, diagnostics);
    if (holder === undefined) return [];
    const statements = elements(property(definition, 'statements')).map((statement) =>
      lowerIdentityStatement(statement, stack, scope, links, diagnostics),
    );
    for (const { effect, actions = ['*'] } of statements) {
      if (effect === 'Allow') aliasMovers.note(holder, actions, stack.place);
    }
    return [{ definition, holder, statements }];
  });
}

function holderOf(
  definition: Named<IdentityPolicyDefinition>,
  stack: StackModel,
  scope: PrincipalScope,
  diagnostics: Diagnostic[],
): Holder | undefined {
  const reference: Located<PrincipalReference> | undefined = property(definition, 'attachTo');
  const bound = reference === undefined ? [] : bindPrincipals([reference], stack, stack.place, scope, diagnostics);
  const [grantee] = bound;
  if (reference === undefined || grantee === undefined) return undefined; // reported
  const reason = bound.length > 1 ? 'these are several' : whyNot(grantee, stack);
  if (reason === undefined) return grantee.kind === 'outside' ? undefined : grantee;
  const principal = typeof reference.value === 'string' ? reference.value : grantee.label;
  diagnostics.push(report(policyCannotBeAttached, reference.span, { policy: definition.name, principal, reason }));
  return undefined;
}

function whyNot(grantee: Grantee, stack: StackModel): string | undefined {
  switch (grantee.kind) {
    case 'created':
      return grantee.created.stack === stack ? undefined : 'another stack creates it';
    case 'existing':
      if (!grantee.mutable) return 'it is not `mutable`';
      return grantee.account === undefined || grantee.account === stack.environment.account
        ? undefined
        : 'it is not known to be in the account of the stack';
    case 'outside':
      return 'it is no role, user or group';
  }
}

function lowerIdentityStatement(
  definition: Located<IdentityStatementDefinition>,
  stack: StackModel,
  scope: PrincipalScope,
  links: Links,
  diagnostics: Diagnostic[],
): Statement {
  const { value } = definition;
  const texts = (name: 'actions' | 'notActions' | 'resources' | 'notResources') =>
    oneOrMore<string>(property(definition, name) as Located<string | string[]> | undefined); // the union of the four types
  const patterns = (name: 'resources' | 'notResources') =>
    texts(name).map((text) => {
      diagnostics.push(...arnIsOfSomewhere(text, scope.regions));
      const lookup = (placeholder: string) => keyReference(placeholder, text, stack, links, diagnostics);
      return interpolate(text, stack.place, diagnostics, lookup, keyPlaceholders);
    });
  return {
    ...(value.sid && { sid: value.sid }), // an empty one is none
    effect: value.effect ?? 'Allow',
    ...(value.actions !== undefined && { actions: texts('actions').map((action) => action.value) }),
    ...(value.notActions !== undefined && { notActions: texts('notActions').map((action) => action.value) }),
    ...(value.resources !== undefined && { resources: patterns('resources') }),
    ...(value.notResources !== undefined && { notResources: patterns('notResources') }),
    conditions: lowerConditions(property(definition, 'conditions'), stack.place, scope.regions, diagnostics),
    source: provenance(definition),
  };
}
