/** The environments that names, groups and patterns stand for. */
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import {
  fitsNoEnvironment,
  groupWithoutEnvironments,
  severalEnvironments,
  sharedName,
} from '../diagnostics/environments.ts';
import { cyclicDefinition, unknownName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { longChain } from '../diagnostics/source.ts';
import type { Environment } from '../ir/program.ts';
import type { EnvironmentDefinition } from '../language/environment.ts';
import type { GroupDefinition, GroupTraits } from '../language/group.ts';
import { isLike } from '../language/like.ts';
import { listOf } from '../language/text.ts';
import { elements, type Located, type Named, property, retyped } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import type { Span } from '../source/span.ts';
import { resolveEnvironment } from './environments.ts';

export interface EnvironmentSet {
  /** `name` if the text is the name of a single environment; stacks are named accordingly. */
  readonly kind: 'name' | 'group' | 'pattern';
  /** By name, in the order of the project. */
  readonly environments: ReadonlyMap<string, Environment>;
}

export interface EnvironmentSets {
  /** All environments by name, in the order of the project. */
  readonly all: ReadonlyMap<string, Environment>;
  /** The environments of each group and account, by its name. */
  readonly named: ReadonlyMap<string, ReadonlyMap<string, Environment>>;
  /**
   * The environments that a name or pattern stands for: an environment, a group, or all environments of an account. An unknown name is
   * KW2003, a pattern or an account without environments KW2100. A group without environments is KW2103 where it is defined.
   */
  find(reference: Located<string>): Result<EnvironmentSet | undefined>;
  /** The environments of a group or pattern; none for a text that is neither. */
  members(name: string): ReadonlyMap<string, Environment>;
  /** The one environment that a name or pattern stands for; more than one is KW2102, a group without environments KW2100. */
  findOne(reference: Located<string>): Result<Environment | undefined>;
}

/** The environments of an account in a region. */
export function environmentsAt(
  { all }: Pick<EnvironmentSets, 'all'>,
  account: string | undefined,
  region: string | undefined,
): readonly Environment[] {
  return [...all.values()].filter((one) => one.account === account && one.region === region);
}

type Members = ReadonlyMap<string, Environment>;

/** The maximum depth of nested groups. */
const deepest = 100;

/**
 * Collects the names of environments in a project. A group that contains itself is KW2004, a group without environments
 * KW2103, and one that shares its name with an environment or an account KW2101.
 */
export function createEnvironmentSets(project: Project): Result<EnvironmentSets> {
  const collector = createCollector();
  const definitions = project.environments;
  const all: Members = new Map([...definitions].map(([name, definition]) => [name, resolveEnvironment(definition)]));
  const joined = joinedGroups(definitions);
  collector.add(...namesAreDistinct(project, joined));

  const names = () => [
    ...new Set([...all.keys(), ...project.groups.keys(), ...joined.keys(), ...project.accounts.keys()]),
  ];
  const kindOfName = project.groups.size + joined.size > 0 ? 'environment or group' : 'environment';
  const inOrder = (has: (name: string) => boolean): Members => new Map([...all].filter(([name]) => has(name)));

  const patterns = new Map<string, Members>();
  const matching = (pattern: string): Members => {
    const members = patterns.get(pattern) ?? inOrder((name) => isLike(name, pattern));
    patterns.set(pattern, members);
    return members;
  };

  const byAccount = new Map<string, Map<string, Environment>>();
  for (const [name, environment] of all) {
    const { account = '' } = environment;
    byAccount.set(account, (byAccount.get(account) ?? new Map()).set(name, environment));
  }
  const ofAccount = (id: string): Members => byAccount.get(id) ?? new Map();
  const accountNames = new Map([...project.accounts.values()].map(({ name, value }) => [value.id, name]));

  const groups = new Map<string, Members>();
  /** The names of the groups being resolved, each nested in the one before it. */
  const open: string[] = [];
  const membersOf = (definition: Named<GroupDefinition>): Members => {
    const { name, value } = definition;
    const done = groups.get(name);
    if (done !== undefined) return done;
    open.push(name);
    const ownNames = Array.isArray(value)
      ? listed(elements(retyped<readonly string[]>(definition, value)))
      : new Set(
          [...definitions.values()]
            .filter((one) => hasTraits(one, value, all.get(one.name), accountNames))
            .map((one) => one.name),
        );
    open.pop();
    const joinedNames = joined.get(name);
    const members = inOrder((environment) => ownNames.has(environment) || joinedNames?.has(environment) === true);
    groups.set(name, members);
    return members;
  };
  const listed = (members: readonly Located<string>[]): ReadonlySet<string> =>
    new Set(members.flatMap((member) => [...membersBy(member).keys()]));
  const membersBy = (member: Located<string>): Members => {
    const { value: name, span } = member;
    const nested = all.has(name) ? undefined : project.groups.get(name);
    if (nested === undefined) return collector.take(find(member))?.environments ?? new Map();
    if (open.includes(name)) {
      const cycle = [...open.slice(open.indexOf(name)), name];
      collector.add(report(cyclicDefinition, span, { kind: 'group', cycle }));
      return new Map();
    }
    if (open.length === deepest) {
      collector.add(report(longChain, span, { what: 'groups', most: deepest }));
      return new Map();
    }
    return membersOf(nested);
  };

  const find = (reference: Located<string>): Result<EnvironmentSet | undefined> => {
    const { value: name, span } = reference;
    const environment = all.get(name);
    if (environment !== undefined) {
      return { value: { kind: 'name', environments: new Map([[name, environment]]) }, diagnostics: [] };
    }
    const group = groups.get(name);
    if (group !== undefined) return { value: { kind: 'group', environments: group }, diagnostics: [] };
    const account = project.accounts.get(name);
    if (account !== undefined) {
      const environments = ofAccount(account.value.id);
      const problem = report(fitsNoEnvironment, span, { what: name, kind: 'account' });
      return { value: { kind: 'group', environments }, diagnostics: environments.size === 0 ? [problem] : [] };
    }
    if (!name.includes('*')) {
      return {
        value: undefined,
        diagnostics: [report(unknownName, span, { kind: kindOfName, name, candidates: names() })],
      };
    }
    const environments = matching(name);
    const empty = report(fitsNoEnvironment, span, { what: name, kind: 'pattern' });
    return { value: { kind: 'pattern', environments }, diagnostics: environments.size === 0 ? [empty] : [] };
  };

  for (const [name, members] of joined) {
    if (!project.groups.has(name))
      groups.set(
        name,
        inOrder((environment) => members.has(environment)),
      );
  }
  for (const definition of project.groups.values()) {
    const { size } = membersOf(definition);
    // A list of members is empty only if each of them has been reported, as unknown or as empty.
    if (size === 0 && !Array.isArray(definition.value)) {
      collector.add(report(groupWithoutEnvironments, definition.nameSpan, { group: definition.name }));
    }
  }

  const members = (name: string) => groups.get(name) ?? (name.includes('*') ? matching(name) : new Map());
  const findOne = (reference: Located<string>): Result<Environment | undefined> => {
    const { value: named, diagnostics } = find(reference);
    const environments = [...(named?.environments ?? [])];
    if (environments.length > 1) {
      const parameters = { reference: reference.value, environments: environments.map(([name]) => name) };
      return { value: undefined, diagnostics: [report(severalEnvironments, reference.span, parameters)] };
    }
    if (named?.kind === 'group' && environments.length === 0 && diagnostics.length === 0) {
      const empty = report(fitsNoEnvironment, reference.span, { what: reference.value, kind: 'group' });
      return { value: undefined, diagnostics: [empty] };
    }
    return { value: environments[0]?.[1], diagnostics };
  };
  const named = new Map([
    ...groups,
    ...[...project.accounts.values()].map(({ name, value }) => [name, ofAccount(value.id)] as const),
  ]);
  return collector.result({ all, named, find, members, findOne });
}

/** The names of the environments that join a group, by the name of the group. */
function joinedGroups(
  environments: ReadonlyMap<string, Named<EnvironmentDefinition>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const joined = new Map<string, Set<string>>();
  for (const { name, value } of environments.values()) {
    for (const group of value.groups ?? []) joined.set(group, (joined.get(group) ?? new Set()).add(name));
  }
  return joined;
}

/** Reports names shared by environments, groups and accounts. */
function namesAreDistinct(
  { accounts, environments, groups }: Project,
  joined: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Diagnostic[] {
  const spanOfGroup = (name: string) => groups.get(name)?.nameSpan ?? namingOf(name, joined, environments)?.span;
  const clash = (name: string, span: Span | undefined, kinds: readonly [string, string], other: Span | undefined) => {
    if (span === undefined || other === undefined) return [];
    return [report(sharedName, span, { name, kinds }, [{ message: `${kinds[1]} of this name`, span: other }])];
  };
  return [
    ...[...environments.values()].flatMap(({ name, nameSpan }) => [
      ...clash(name, spanOfGroup(name), ['a group', 'an environment'], nameSpan),
      ...clash(name, accounts.get(name)?.nameSpan, ['an account', 'an environment'], nameSpan),
    ]),
    ...[...accounts.values()].flatMap(({ name, nameSpan }) =>
      clash(name, spanOfGroup(name), ['a group', 'an account'], nameSpan),
    ),
  ];
}

/** The span where an environment first names a group. */
function namingOf(
  group: string,
  joined: ReadonlyMap<string, ReadonlySet<string>>,
  environments: ReadonlyMap<string, Named<EnvironmentDefinition>>,
): Located<string> | undefined {
  const [first = ''] = joined.get(group) ?? [];
  const definition = environments.get(first);
  return definition && elements(property(definition, 'groups')).find(({ value }) => value === group);
}

/** Whether an environment has all traits that a group asks for. */
function hasTraits(
  { value }: Named<EnvironmentDefinition>,
  traits: GroupTraits,
  environment: Environment | undefined,
  accountNames: ReadonlyMap<string, string>,
): boolean {
  const is = (text: string | undefined, patterns: string | readonly string[] | undefined) =>
    patterns === undefined || (text !== undefined && listOf(patterns).some((pattern) => isLike(text, pattern)));
  return (
    (is(value.account, traits.account) || is(accountNames.get(value.account), traits.account)) &&
    is(value.region, traits.region) &&
    is(environment?.partition, traits.partition) &&
    is(value.purpose, traits.purpose) &&
    Object.entries(traits.tags ?? {}).every(([tag, patterns]) => is(value.tags?.[tag], patterns))
  );
}
