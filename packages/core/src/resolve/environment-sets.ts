/** The environments of names, groups and patterns. */
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { sharedName } from '../diagnostics/environments.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import type { EnvironmentDefinition } from '../language/environment.ts';
import { elements, type Located, type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import type { Span } from '../source/span.ts';
import { groupsWithoutDefinition, type JoinedGroups, joinedGroups, resolveGroups } from './environment-groups.ts';
import { resolveEnvironment } from './environments.ts';
import { createFinder, type EnvironmentFinder, type Members } from './find-environments.ts';

export interface EnvironmentSets extends EnvironmentFinder {
  /** All environments by name, in the order of the project. */
  readonly all: Members;
  /** Maps the name of a group or account to its environments. */
  readonly named: ReadonlyMap<string, Members>;
}

/** The environments of an account in a region. */
export function environmentsAt(
  { all }: Pick<EnvironmentSets, 'all'>,
  account: string | undefined,
  region: string | undefined,
): readonly Environment[] {
  return [...all.values()].filter((one) => one.account === account && one.region === region);
}

/**
 * Collects the names of environments in a project. Reports a group that contains itself (KW2004), a group without environments (KW2103),
 * and a group that shares its name with an environment or an account (KW2101).
 */
export function createEnvironmentSets(project: Project): Result<EnvironmentSets> {
  const collector = createCollector();
  const all = new Map([...project.environments].map(([name, definition]) => [name, resolveEnvironment(definition)]));
  const joined = joinedGroups(project.environments);
  collector.add(...namesAreDistinct(project, joined));

  const groups = groupsWithoutDefinition(project, all, joined);
  const finder = createFinder(project, all, groups, [...project.groups.keys(), ...joined.keys()]);
  const defined = collector.take(resolveGroups(project, all, joined, finder.find));
  for (const [name, members] of defined) groups.set(name, members);

  const accounts = [...project.accounts.values()].map(({ name, value }) => [name, finder.ofAccount(value.id)] as const);
  return collector.result({ all, named: new Map([...groups, ...accounts]), ...finder });
}

function namesAreDistinct({ accounts, environments, groups }: Project, joined: JoinedGroups): readonly Diagnostic[] {
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

function namingOf(
  group: string,
  joined: JoinedGroups,
  environments: ReadonlyMap<string, Named<EnvironmentDefinition>>,
): Located<string> | undefined {
  const [first = ''] = joined.get(group) ?? [];
  const definition = environments.get(first);
  return definition && elements(property(definition, 'groups')).find(({ value }) => value === group);
}
