import { report } from '../diagnostics/diagnostic.ts';
import { policyCannotBeAttached } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { literal } from '../ir/expression.ts';
import type { Statement } from '../ir/policy.ts';
import type { IdentityPolicyDefinition, IdentityStatementDefinition } from '../language/identity-policy.ts';
import { elements, type Located, type Named, oneOrMore, property, provenance } from '../project/located.ts';
import { interpolate, problemsOf } from '../resolve/interpolate.ts';
import type { BoundReference, Grantee, StackModel } from '../resolve/model.ts';
import { arnIsOfSomewhere, isOfPartition, partitionOfArn } from '../resolve/places-exist.ts';
import type { Links } from '../stacks/links.ts';
import type { AliasMovers } from './alias-movers.ts';
import type { Holder, IdentityPolicyDocument } from './identity-policies.ts';
import { keyPlaceholders, keyReference } from './key-reference.ts';
import { intendedActionsOfKms } from './known-actions.ts';
import { resourceIsAnArn } from './resource-is-an-arn.ts';
import { sidsAreUnique } from './sids.ts';
import { lowerConditions } from './statements.ts';
import type { Tidy } from './tidy.ts';

/** The policies under `identityPolicies` of a stack. A policy that cannot be attached is left out and reported (KW8230). */
export function writtenIdentityPolicies(
  stack: StackModel,
  regions: ReadonlySet<string>,
  links: Links,
  aliasMovers: AliasMovers,
  tidy: Tidy,
): Result<readonly IdentityPolicyDocument[]> {
  const collector = createCollector();
  const policies = stack.identityPolicies.flatMap(({ definition, attachTo }) => {
    const holder = collector.take(holderOf(definition, attachTo, stack));
    if (holder === undefined) return [];
    const statements = elements(property(definition, 'statements')).map((statement) =>
      collector.take(lowerIdentityStatement(statement, stack, regions, links)),
    );
    for (const { effect, actions = ['*'] } of statements) {
      if (effect === 'Allow') aliasMovers.note(holder, actions, stack.place);
    }
    collector.add(...sidsAreUnique(statements, `the policy \`${definition.name}\``));
    return [{ definition, holder, document: tidy(statements), source: { span: definition.nameSpan } }];
  });
  return collector.result(policies);
}

function holderOf(
  { name: policy }: Named<IdentityPolicyDefinition>,
  { reference, grantees }: BoundReference,
  stack: StackModel,
): Result<Holder | undefined> {
  const [grantee] = grantees;
  if (grantee === undefined) return { value: undefined, diagnostics: [] }; // already reported
  const reason = grantees.length > 1 ? 'it stands for several principals' : whyNot(grantee, stack);
  if (reason === undefined) return { value: grantee.kind === 'outside' ? undefined : grantee, diagnostics: [] };
  const principal = typeof reference.value === 'string' ? reference.value : grantee.label;
  const problem = report(policyCannotBeAttached, reference.span, { policy, principal, reason });
  return { value: undefined, diagnostics: [problem] };
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
      return 'it is not a role, user or group';
  }
}

function lowerIdentityStatement(
  definition: Located<IdentityStatementDefinition>,
  stack: StackModel,
  regions: ReadonlySet<string>,
  links: Links,
): Result<Statement> {
  const collector = createCollector();
  const { value } = definition;
  const texts = (name: 'actions' | 'notActions' | 'resources' | 'notResources') =>
    oneOrMore<string>(property(definition, name) as Located<string | string[]> | undefined); // all these properties have this type
  const patterns = (name: 'resources' | 'notResources') =>
    texts(name).map((text) => {
      const here = stack.place.partition;
      collector.add(
        ...problemsOf(text, stack.place, (written) => [
          ...resourceIsAnArn(written),
          ...arnIsOfSomewhere(written, regions),
          ...partitionOfArn(literal(written.value)).flatMap((of) => isOfPartition(written, 'resource', of, here)),
        ]),
      );
      const lookup = (placeholder: string) => collector.take(keyReference(placeholder, text, stack, links));
      return collector.take(interpolate(text, stack.place, lookup, keyPlaceholders));
    });
  return collector.result({
    ...(value.sid && { sid: value.sid }), // an empty Sid is left out
    effect: value.effect ?? 'Allow',
    ...(value.actions !== undefined && { actions: collector.take(intendedActionsOfKms(texts('actions'))) }),
    ...(value.notActions !== undefined && { notActions: collector.take(intendedActionsOfKms(texts('notActions'))) }),
    ...(value.resources !== undefined && { resources: patterns('resources') }),
    ...(value.notResources !== undefined && { notResources: patterns('notResources') }),
    conditions: collector.take(lowerConditions(property(definition, 'conditions'), stack.place, regions)),
    source: provenance(definition),
  });
}
