/** Standards and groups of principals that nothing uses, as they would be seen from anywhere. */
import type { Result } from '../diagnostics/result.ts';
import type { Differing } from '../language/differing.ts';
import type { KeyDefinition, StandardDefinition } from '../language/key.ts';
import { keysInSets } from '../project/keys-in-sets.ts';
import { entries, type Located, type Named, property, retyped } from '../project/located.ts';
import { bindPrincipals, type Viewpoint } from './bind-principals.ts';
import type { KeyText } from './key-properties.ts';
import type { KeyContent } from './model.ts';
import { placeOf } from './place.ts';
import { resolveContent } from './resolve-keys.ts';
import type { Scope } from './scope.ts';
import { withStandards } from './standards.ts';

/**
 * The standards on which no key builds, and the keys of the key sets that no stack takes. What is wrong with groups that nothing uses is
 * among the diagnostics.
 */
export function resolveUnused(scope: Scope, usedKeySets: ReadonlySet<string>): Result<readonly KeyContent[]> {
  const { project, stacks, usedNames } = scope;
  const anywhere: Viewpoint = {
    created: new Map(stacks.flatMap(({ created }) => [...created])),
    environment: {},
    // Each use says itself where its environment has no purpose, or where no key is at hand.
    place: placeOf(
      {},
      {
        names: { environment: 'environment', purpose: 'purpose', app: project.app, stack: 'stack', key: 'key' },
        values: scope.declared.anywhere(),
        accounts: scope.declared.accounts,
      },
    ),
  };
  const contentsOf = (definition: Named<StandardDefinition | KeyDefinition>): readonly KeyContent[] =>
    ways(definition).map((own) => {
      const { value: layers, diagnostics } = withStandards(own, {}, scope);
      const content = resolveContent(layers, definition, anywhere, scope);
      return { ...content, diagnostics: [...diagnostics, ...content.diagnostics] };
    });
  // The keys first, since they build on standards too.
  const keys = keysInSets(project, (name) => !usedKeySets.has(name)).flatMap(contentsOf);
  const standards = standardsWithoutKeys(scope).flatMap(contentsOf);
  const groups = [...project.principals.values()].filter(
    ({ name, value }) => ('anyOf' in value || 'stack' in value) && !usedNames.has(name),
  );
  // All at once, so that each circle is found once.
  const references = groups.map((group) => ({ ...group, value: group.name }));
  return { value: [...keys, ...standards], diagnostics: bindPrincipals(references, anywhere, scope).diagnostics };
}

/** A definition by itself, and with each of its entries for some environments. */
function ways(definition: Named<StandardDefinition | KeyDefinition>): readonly (readonly Located<KeyText>[])[] {
  const differences = entries<KeyText | 'absent'>(property<Differing<KeyText>, 'in'>(definition, 'in'));
  const there = differences.flatMap((entry) => (entry.value === 'absent' ? [] : [retyped(entry, entry.value)]));
  return [[definition], ...there.map((difference) => [definition, difference])];
}

/** The standards on which no key builds, without those that others of them build on: with these they are tried. */
function standardsWithoutKeys(scope: Scope): readonly Named<StandardDefinition>[] {
  const { standards } = scope.project;
  const covered = new Set(scope.usedStandards);
  const unused = [...standards.values()].filter(({ name }) => !covered.has(name));
  const builtOn = new Set(unused.flatMap(parentsOf));
  // Of a circle on which nothing else builds, one has to be the first.
  const ordered = [...unused.filter(({ name }) => !builtOn.has(name)), ...unused];
  return ordered.filter(({ name }) => {
    if (covered.has(name)) return false;
    const open = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (covered.has(next)) continue;
      covered.add(next);
      const standard = standards.get(next);
      if (standard !== undefined) open.push(...parentsOf(standard));
    }
    return true;
  });
}

/** The standards on which a standard builds somewhere. */
function parentsOf({ value }: Named<StandardDefinition>): readonly string[] {
  return [value, ...Object.values(value.in ?? {})].flatMap(({ standard }) => standard ?? []);
}
