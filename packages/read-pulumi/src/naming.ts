/**
 * Names the resources of a Pulumi stack in several accounts and regions. Names in one Pulumi stack are unique, so the same resource has a
 * different name in each place, such as `orders-shop-us-east-1` or `key-0`. These resources are counterparts, and get one name.
 */
import type { ExportedResource } from './export-file.ts';
import { stackName } from './names.ts';
import type { Member, Place, StackPlan } from './plan.ts';

export interface PlanNames {
  readonly environment: string;
  /** Returns the name of a key, role, user, group or KMS grant: `orders` for `orders-shop-us-east-1`. */
  readonly nameOf: (member: Member) => string;
}

/**
 * Returns the names of plans, in order. `stack` is the name of the Pulumi stack, which is also the environment's name if there is only one
 * plan.
 */
export function namesOfPlans(
  plans: readonly StackPlan[],
  stack: string,
  providers: ReadonlyMap<string, ExportedResource>,
): readonly PlanNames[] {
  if (plans.length < 2) {
    return plans.map(() => ({ environment: stackName(stack), nameOf: ({ exported }) => exported.name }));
  }
  const environments = environmentNames(plans, stack, providers);
  const common = commonNames(plans, providers);
  return environments.map((environment) => ({
    environment,
    nameOf: (member) => common.get(member) ?? member.exported.name,
  }));
}

/**
 * Names environments after providers if each plan has a single provider that no other plan has, and otherwise after the stack and the
 * place.
 */
function environmentNames(
  plans: readonly StackPlan[],
  stack: string,
  providers: ReadonlyMap<string, ExportedResource>,
): readonly string[] {
  const ofProviders = plans.map((plan) => {
    const [name, ...others] = providersOf(plan, providers).map((provider) => provider.name);
    if (name === undefined || others.length > 0) return undefined;
    return stackName(withoutWords(name, (word) => /^(aws|provider)$/.test(word)) || name);
  });
  const names = ofProviders.flatMap((name) => name ?? []);
  if (new Set(names).size === plans.length) return names;
  const isOneAccount = new Set(plans.map(({ place }) => place.account)).size === 1;
  return plans.map(({ place: { account, region } }) => {
    const parts = isOneAccount ? [stack, region] : [stack, account, region];
    return stackName(parts.filter((part) => part !== undefined).join('-'));
  });
}

/** Returns the providers of a plan's own keys, without Pulumi's default providers. */
function providersOf(
  { members }: StackPlan,
  providers: ReadonlyMap<string, ExportedResource>,
): readonly ExportedResource[] {
  const urns = members.flatMap(({ kind, exported: { provider } }) => (kind === 'key' ? (provider ?? []) : []));
  return [...new Set(urns)].flatMap((urn) => {
    const provider = providers.get(urn);
    return provider === undefined || /^default(_|$)/.test(provider.name) ? [] : [provider];
  });
}

/** The kinds whose names the program chooses. Other resources are named after these, or have a name in AWS. */
const named: readonly Member['kind'][] = ['key', 'role', 'user', 'group', 'kmsGrant'];

/**
 * Gives counterparts in several plans one name: the part of their names that is equal without the words for the place or, if there is none,
 * also without numbers.
 */
function commonNames(
  plans: readonly StackPlan[],
  providers: ReadonlyMap<string, ExportedResource>,
): ReadonlyMap<Member, string> {
  const names = new Map<Member, string>();
  for (const kind of named) {
    const inPlans = plans.map((plan) => ({
      members: plan.members.filter((member) => member.kind === kind),
      words: wordsOfPlace(plan.place, providersOf(plan, providers)),
    }));
    for (const isLeftOut of [
      (word: string, words: ReadonlySet<string>) => words.has(word),
      (word: string, words: ReadonlySet<string>) => words.has(word) || /^\d+$/.test(word),
    ]) {
      const groups = inPlans.map(({ members, words }) => {
        const byName = new Map<string, Member[]>();
        for (const member of members.filter((one) => !names.has(one))) {
          const name = withoutWords(member.exported.name, (word) => isLeftOut(word, words));
          if (name !== '') byName.set(name, [...(byName.get(name) ?? []), member]);
        }
        return byName;
      });
      for (const name of new Set(groups.flatMap((byName) => [...byName.keys()]))) {
        const namesakes = groups.map((byName) => byName.get(name) ?? []).filter(({ length }) => length > 0);
        // If several members in a place get the same name, the members at the same position are counterparts.
        if (namesakes.length < 2 || new Set(namesakes.map(({ length }) => length)).size > 1) continue;
        for (const members of namesakes) {
          members.forEach((member, index) => {
            names.set(member, members.length === 1 ? name : `${name}-${index + 1}`);
          });
        }
      }
    }
  }
  return names;
}

/** Returns the words that names use for a place: its region in full and in short (`use1`), its account, and the words of its providers. */
function wordsOfPlace({ account, region }: Place, providers: readonly ExportedResource[]): ReadonlySet<string> {
  const parts = region?.split('-') ?? [];
  const [area = '', direction = '', number = ''] = parts;
  const initials = direction.replace(/^(north|south)(east|west)$/, '$1 $2').split(' ');
  const short = `${area}${initials.map((word) => word.charAt(0)).join('')}${number}`;
  const profiles = providers.flatMap(({ inputs: { profile } }) => (typeof profile === 'string' ? [profile] : []));
  const others = [...providers.map(({ name }) => name), ...profiles].flatMap(wordsIn);
  return new Set([...parts, short, account ?? '', ...others].map((word) => word.toLowerCase()));
}

function wordsIn(text: string): readonly string[] {
  return text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
}

/** Removes some of the words of a name, with the separators before them. */
function withoutWords(name: string, isLeftOut: (word: string) => boolean): string {
  const kept = [...name.matchAll(/([^A-Za-z0-9]*)([A-Za-z0-9]+)/g)].filter(
    ([, , word = '']) => !isLeftOut(word.toLowerCase()),
  );
  return kept.map(([, separator, word], index) => (index === 0 ? word : `${separator}${word}`)).join('');
}
