/** Groups of environments: those that a project defines, and those that environments join. */
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { groupWithoutEnvironments } from '../diagnostics/environments.ts';
import { cyclicDefinition } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { longChain } from '../diagnostics/source.ts';
import type { Environment } from '../ir/program.ts';
import type { EnvironmentDefinition } from '../language/environment.ts';
import type { GroupDefinition, GroupTraits } from '../language/group.ts';
import { isLike } from '../language/like.ts';
import { listOf } from '../language/text.ts';
import { elements, type Located, type Named, retyped } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import type { EnvironmentFinder, Members } from './find-environments.ts';

/** Maps the name of a group to the names of the environments that join it. */
export type JoinedGroups = ReadonlyMap<string, ReadonlySet<string>>;

export function joinedGroups(environments: ReadonlyMap<string, Named<EnvironmentDefinition>>): JoinedGroups {
  const joined = new Map<string, Set<string>>();
  for (const { name, value } of environments.values()) {
    for (const group of value.groups ?? []) joined.set(group, (joined.get(group) ?? new Set()).add(name));
  }
  return joined;
}

/** The environments of the groups that only exist because environments join them. */
export function groupsWithoutDefinition({ groups }: Project, all: Members, joined: JoinedGroups): Map<string, Members> {
  const undefinedGroups = [...joined].filter(([name]) => !groups.has(name));
  return new Map(undefinedGroups.map(([name, names]) => [name, those(all, names)]));
}

/** The maximum nesting of groups. */
const deepest = 100;

/**
 * The environments of the groups that a project defines. `find` looks up any member that is not such a group. Reports a group that contains
 * itself (KW2004), and a group without environments (KW2103).
 */
export function resolveGroups(
  { accounts, environments, groups }: Project,
  all: Members,
  joined: JoinedGroups,
  find: EnvironmentFinder['find'],
): Result<ReadonlyMap<string, Members>> {
  const collector = createCollector();
  const accountNames = new Map([...accounts.values()].map(({ name, value }) => [value.id, name]));
  const resolved = new Map<string, Members>();
  /** The names of the groups being resolved, each nested in the one before it. */
  const open: string[] = [];

  const resolve = (definition: Named<GroupDefinition>): Members => {
    const { name, value } = definition;
    const earlier = resolved.get(name);
    if (earlier !== undefined) return earlier;
    open.push(name);
    const names = Array.isArray(value)
      ? elements(retyped<readonly string[]>(definition, value)).flatMap((member) => [...membersBy(member).keys()])
      : [...environments.values()]
          .filter((one) => hasTraits(one, value, all.get(one.name), accountNames))
          .map((one) => one.name);
    open.pop();
    const members = those(all, new Set([...names, ...(joined.get(name) ?? [])]));
    resolved.set(name, members);
    return members;
  };

  const membersBy = (member: Located<string>): Members => {
    const nested = all.has(member.value) ? undefined : groups.get(member.value);
    if (nested === undefined) return collector.take(find(member))?.environments ?? new Map();
    const problem = canBeNested(member, open);
    if (problem === undefined) return resolve(nested);
    collector.add(problem);
    return new Map();
  };

  for (const definition of groups.values()) {
    const { size } = resolve(definition);
    // A list of members is empty only if each of them has been reported, as unknown or as empty.
    if (size === 0 && !Array.isArray(definition.value)) {
      collector.add(report(groupWithoutEnvironments, definition.nameSpan, { group: definition.name }));
    }
  }
  return collector.result(resolved);
}

function those(all: Members, names: ReadonlySet<string>): Members {
  return new Map([...all].filter(([name]) => names.has(name)));
}

/** Reports a group that is nested in itself or in too many groups. `open`: the groups that it is nested in. */
function canBeNested({ value: name, span }: Located<string>, open: readonly string[]): Diagnostic | undefined {
  if (open.includes(name)) {
    return report(cyclicDefinition, span, { kind: 'group', cycle: [...open.slice(open.indexOf(name)), name] });
  }
  return open.length === deepest ? report(longChain, span, { what: 'groups', most: deepest }) : undefined;
}

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
