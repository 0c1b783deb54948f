import type { Statement } from '@keywright/core/ir/policy';
import type { IdentityPolicy, Key, Program, Stack } from '@keywright/core/ir/program';
import type { GrantDefinition } from '@keywright/core/language/grant';
import type { InlinePrincipal } from '@keywright/core/language/principal';
import type { Draft, Entry } from '../draft/draft.ts';
import { policyEntryNames } from '../raw/policy-entry-names.ts';
import { createdName } from '../raw/principals.ts';
import { conditionsOf } from '../raw/statements.ts';
import { oneOrMany, textOf } from '../raw/text.ts';
import { wordsFor } from './capabilities.ts';
import { applyEquivalent, type Proposal, type Sense } from './keep.ts';

/** A grant that may explain an identity policy, and the key of the stack that has the grant. */
interface CandidateGrant {
  readonly key: Key;
  readonly grant: GrantDefinition;
  readonly isForAdmins: boolean;
}

/**
 * Rewrites identity policies as the grants and `admins` that generate them. Only the name of an existing role or user is known, so its ARN
 * is assumed to have no path.
 */
export function recogniseIdentityGrants(draft: Draft, program: Program, sense: Sense): Draft {
  const policies = program.stacks.flatMap((stack) => {
    const names = policyEntryNames(stack);
    return stack.resources.flatMap((policy) => {
      if (policy.kind !== 'identityPolicy') return [];
      const name = names.get(policy) ?? policy.name;
      return draft.stacks?.[stack.name]?.identityPolicies?.[name] === undefined ? [] : [{ stack, policy, name }];
    });
  });
  const proposals = policies.flatMap(({ stack, policy, name }): Proposal[] => {
    const candidates = grantsOf(policy, stack);
    if (candidates === undefined || candidates.length === 0) return [];
    const entry: Entry = { stack: stack.name, section: 'identityPolicies', name };
    const keys = candidates.map(({ key }): Entry => ({ stack: stack.name, section: 'keys', name: key.name }));
    const apply = (changed: Draft) => rewrite(changed, stack, policy, name, candidates);
    return [{ unit: `${stack.name} ${name}`, entries: [entry, ...keys], apply }];
  });
  // If a key's policy no longer matches, any of several recognised policies may be the cause, so the proposals that were not kept are tried
  // one by one.
  const all = applyEquivalent(draft, proposals, sense);
  const others = proposals.filter(({ unit }) => !all.kept.has(unit));
  if (others.length > mostOneByOne) return all.draft;
  return others.reduce((current, one) => applyEquivalent(current, [one], sense).draft, all.draft);
}

/** The maximum number of proposals that are tried one by one, since each try compiles the project. */
const mostOneByOne = 10;

function grantsOf(policy: IdentityPolicy, stack: Stack): readonly CandidateGrant[] | undefined {
  const to = holderOf(policy, stack);
  if (to === undefined) return undefined;
  const grants = policy.document.statements.map((statement) => grantFrom(statement, to, stack));
  const possible = grants.flatMap((grant) => grant ?? []);
  return possible.length === grants.length ? possible : undefined;
}

/**
 * Returns the holder's name. An existing holder gets the policy's name under `principals`, since names in the tools are made from the
 * policy's name.
 */
function holderOf({ attachTo, name }: IdentityPolicy, stack: Stack): string | undefined {
  if (attachTo.name.kind === 'reference') return createdName(attachTo.name, stack);
  return attachTo.kind === 'group' ? undefined : name;
}

/** Returns an existing role or user, in the account of each stack. It has no path, since the policy does not give a path. */
function existing({ kind, name }: IdentityPolicy['attachTo']): InlinePrincipal {
  const arn = `arn:aws:iam::\${account}:${kind}/${textOf(name)}`;
  return kind === 'role' ? { role: arn } : { user: arn };
}

function grantFrom(statement: Statement, to: string, stack: Stack): CandidateGrant | undefined {
  const { sid, effect, actions, resources = [], conditions } = statement;
  const [resource] = resources;
  if (sid !== undefined || effect !== 'Allow' || actions === undefined || resources.length !== 1) return undefined;
  if (resource?.kind !== 'reference' || resource.attribute !== 'arn') return undefined;
  const key = stack.resources.find(({ id }) => id === resource.resource);
  if (key?.kind !== 'key') return undefined;
  const can = wordsFor(actions, key) ?? [...actions];
  const when = conditions.length === 0 ? {} : { when: conditionsOf(conditions) };
  const isForAdmins = can.length === 1 && can[0] === 'administer' && conditions.length === 0;
  return { key, grant: { to, can: oneOrMany(can), ...when }, isForAdmins };
}

function rewrite(
  draft: Draft,
  stack: Stack,
  policy: IdentityPolicy,
  name: string,
  candidates: readonly CandidateGrant[],
): void {
  const definition = draft.stacks?.[stack.name];
  if (definition?.identityPolicies?.[name] === undefined) return;
  const { names } = definition.identityPolicies[name];
  delete definition.identityPolicies[name];
  if (Object.keys(definition.identityPolicies).length === 0) delete definition.identityPolicies;
  if (policy.attachTo.name.kind !== 'reference' && draft.principals?.[policy.name] === undefined) {
    draft.principals = { ...draft.principals, [policy.name]: existing(policy.attachTo) };
  }
  for (const { key, grant, isForAdmins } of candidates) {
    const keyDefinition = definition.keys?.[key.name];
    if (keyDefinition === undefined) continue;
    if (isForAdmins && keyDefinition.grants === undefined)
      keyDefinition.admins = [...(keyDefinition.admins ?? []), ...[grant.to].flat()];
    else keyDefinition.grants = [...(keyDefinition.grants ?? []), grant];
  }
  const { attachTo, policyName } = policy;
  if (attachTo.name.kind !== 'reference') return;
  const created = definition.principals?.[createdName(attachTo.name, stack)];
  if (created === undefined) return;
  const body = 'role' in created ? created.role : 'user' in created ? created.user : created.group;
  if (names !== undefined) body.policyNames = names;
  if (policyName.kind !== 'literal') return;
  const isDefault =
    names === undefined
      ? policyName.text.startsWith(`keywright-${stack.app}-`)
      : Object.values(names).every((name) => name === policyName.text);
  if (!isDefault) body.policyName = policyName.text;
}
