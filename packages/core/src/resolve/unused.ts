/** Standards and groups of principals that nothing uses, as they would be seen from anywhere. */
import type { Result } from '../diagnostics/result.ts';
import type { StandardDefinition } from '../language/key.ts';
import type { Named } from '../project/located.ts';
import { bindPrincipals, type Viewpoint } from './bind-principals.ts';
import type { KeyContent } from './model.ts';
import { placeOf } from './place.ts';
import { resolveContent } from './resolve-keys.ts';
import type { Scope } from './scope.ts';

/** The standards on which no key builds. What is wrong with groups that nothing uses is among the diagnostics. */
export function resolveUnused(scope: Scope): Result<readonly KeyContent[]> {
  const { project, stacks, usedNames } = scope;
  const anywhere: Viewpoint = {
    created: new Map(stacks.flatMap(({ created }) => [...created])),
    environment: {},
    place: placeOf({}),
  };
  const standards = standardsWithoutKeys(scope).map((standard) => resolveContent(standard, standard, anywhere, scope));
  const groups = [...project.principals.values()].filter(
    ({ name, value }) => ('anyOf' in value || 'stack' in value) && !usedNames.has(name),
  );
  // All at once, so that each circle is found once.
  const references = groups.map((group) => ({ ...group, value: group.name }));
  return { value: standards, diagnostics: bindPrincipals(references, anywhere, scope).diagnostics };
}

/** The standards on which no key builds, without those that others of them build on: with these they are tried. */
function standardsWithoutKeys({ project: { standards }, stacks }: Scope): readonly Named<StandardDefinition>[] {
  if (standards.size === 0) return [];
  const covered = new Set<string>();
  const cover = (start: string | undefined): void => {
    let name = start;
    while (name !== undefined && !covered.has(name)) {
      covered.add(name);
      name = standards.get(name)?.value.standard;
    }
  };
  for (const stack of stacks) {
    for (const key of stack.keys.values()) {
      for (const member of [key, ...key.replicas]) cover(member.definition.value.standard);
    }
  }
  const unused = [...standards.values()].filter(({ name }) => !covered.has(name));
  const builtOn = new Set(unused.map(({ value }) => value.standard));
  // Of a circle on which nothing else builds, one has to be the first.
  const ordered = [...unused.filter(({ name }) => !builtOn.has(name)), ...unused];
  return ordered.filter(({ name }) => {
    const isCovered = covered.has(name);
    cover(name);
    return !isCovered;
  });
}
