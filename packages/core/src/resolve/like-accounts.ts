/**
 * Finds accounts with the same deployments as an earlier account. Everything about such an account follows from the earlier one by
 * replacing the account's id and the names of its environments, so the compiler has to decide everything only once. In doubt, an account is
 * like no other. docs/architecture.md, "Accounts that are like each other", has the rules.
 */

import { byName } from '../collections/by-name.ts';
import { groupBy } from '../collections/group-by.ts';
import type { EnvironmentDefinition } from '../language/environment.ts';
import type { Named } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import type { EnvironmentSets } from './environment-sets.ts';
import type { StackModel } from './model.ts';
import { textsOf } from './project-texts.ts';

/** Maps each deployment in an account that is like an earlier account to the corresponding deployment in the earlier account. */
export type Likenesses = ReadonlyMap<StackModel, StackModel>;

/** No likenesses: for a project in which nothing is like anything else, or whose deployments are all to be compiled. */
export const noLikenesses: Likenesses = new Map();

/** The likenesses of the deployments of a project, in which no names are bound yet. */
export function likenesses(project: Project, sets: EnvironmentSets, deployments: readonly StackModel[]): Likenesses {
  const deploymentsIn = groupBy(deployments, ({ environment }) => environment.account);
  if (deploymentsIn.size < 2) return noLikenesses;
  const { texts, stacksNamed, labelsNamePlaces, aliasesNamePlaces } = textsOf(project);
  if ([...texts].some(dependsOnNames)) return noLikenesses;
  if (labelsNamePlaces && decidesWithTags(project, texts)) return noLikenesses;
  if (aliasesNamePlaces && [...texts].some(isAboutAliases)) return noLikenesses;
  const environmentsOf = groupBy(project.environments.values(), ({ value }) => value.account);
  const unlike = accountsNamed(project, texts);
  const factsOf = environmentFacts(project, sets, texts, labelsNamePlaces || aliasesNamePlaces);

  const likenesses = new Map<StackModel, StackModel>();
  const firsts = new Map<string, readonly StackModel[]>();
  for (const [account = '', ofAccount] of deploymentsIn) {
    const stacksOfAccount = ofAccount.toSorted(byName);
    const environments = environmentsOf.get(account) ?? [];
    if (account === '' || unlike.has(account) || !stacksOfAccount.every((stack) => isByItself(stack, stacksNamed)))
      continue;
    const indexes = new Map(environments.map(({ name }, index) => [name, index]));
    const facts = JSON.stringify([
      environments.map(factsOf),
      stacksOfAccount.map(({ definition, environment }) => [definition.name, indexes.get(environment.name ?? '')]),
    ]);
    const first = firsts.get(facts);
    if (first === undefined) firsts.set(facts, stacksOfAccount);
    for (const [index, like] of first?.entries() ?? []) {
      const deployment = stacksOfAccount[index];
      if (deployment !== undefined) likenesses.set(deployment, like);
    }
  }
  return likenesses;
}

/**
 * Whether a deployment stands alone. It must use nothing from other stacks, and no export may be named after it. Every stack that uses it
 * must be in the same account or name the deployment's environment.
 */
function isByItself({ definition: { name, value }, sections }: StackModel, stacksNamed: ReadonlySet<string>): boolean {
  const { principals, imports, identityPolicies, outputs } = sections;
  const isNamedAfterStack = outputs.some((output) => typeof output.value !== 'string' && output.value.export === true);
  return (
    !isNamedAfterStack &&
    !stacksNamed.has(name) &&
    [principals, imports, identityPolicies, value.moved ?? [], value.removed ?? []].every(({ length }) => length === 0)
  );
}

/** Whether a tag's text affects anything besides the outputs: a condition, or a requirement that restricts the values of tags. */
function decidesWithTags({ requirements }: Project, texts: ReadonlySet<string>): boolean {
  return (
    [...texts].some((text) => /resourcetag\//i.test(text)) ||
    [...requirements.values()].some(
      ({ value: { of, tags = {} } }) =>
        of?.tag !== undefined || Object.values(tags).some((values) => values !== 'required'),
    )
  );
}

/** Whether a text names aliases, in a condition or in an ARN. */
function isAboutAliases(text: string): boolean {
  return /resourcealiases|requestalias|:alias\//i.test(text);
}

/**
 * Whether a text may differ in meaning between two accounts even after their ids are exchanged, for one of four reasons. It names its
 * environment or stack. It is the text `replicas`, which marks a replica in a named environment: the replica's id contains that name. It
 * begins with `keywright-`, like the names of policies on roles, which contain the stack's name. It has digits that could become part of an
 * account id, together with a pattern, other digits or a value beside them.
 */
function dependsOnNames(text: string): boolean {
  return (
    text === 'replicas' ||
    text.startsWith('keywright-') ||
    /\$\{(?:environment|stack)\}/.test(text) ||
    /\d[*?]|[*?]\d|\d\$\{|\}\d/.test(text) ||
    /[*?}]\$\{values\.|\$\{values\.[^}]*\}(?:[*?]|\$\{)/.test(text)
  );
}

/** The accounts that texts name: by their ids, by their names, or by the names of their environments. */
function accountsNamed({ accounts, environments }: Project, texts: ReadonlySet<string>): ReadonlySet<string> {
  const accountIds = new Set<string>();
  for (const text of texts) {
    for (const [digits] of text.matchAll(/\d{12,}/g)) {
      for (let start = 0; start + 12 <= digits.length; start += 1) accountIds.add(digits.slice(start, start + 12));
    }
    const names = [text, ...[...text.matchAll(/\$\{account\.([^}]*)\}/g)].map(([, name = '']) => name)];
    for (const name of names) {
      for (const id of [accounts.get(name)?.value.id, environments.get(name)?.value.account]) {
        if (id !== undefined) accountIds.add(id);
      }
    }
  }
  return accountIds;
}

/** Returns a function that lists everything about an environment that can make a difference, apart from the id of its account. */
function environmentFacts(
  project: Project,
  sets: EnvironmentSets,
  texts: ReadonlySet<string>,
  textsNamePlaces: boolean,
): (environment: Named<EnvironmentDefinition>) => unknown {
  const patterns = [...texts].filter((text) => /^[A-Za-z0-9*-]*\*[A-Za-z0-9*-]*$/.test(text));
  const selectors = [...project.groups.keys(), ...patterns].map((name) => sets.members(name));
  return ({ name, value, span }) => {
    const { account, deployRole, lookupRole, ...facts } = value;
    const roles = [deployRole, lookupRole].map((role) => role?.replaceAll(account, '${account}') ?? null);
    // AWS limits the length of a label and of an alias.
    const length = textsNamePlaces ? name.length : null;
    return [facts, roles, length, span.file, selectors.map((members) => (members.has(name) ? 1 : 0))];
  };
}
