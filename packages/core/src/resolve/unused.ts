import type { Result } from '../diagnostics/result.ts';
import { literal } from '../ir/expression.ts';
import type { Differing } from '../language/differing.ts';
import type { KeyDefinition, StandardDefinition } from '../language/key.ts';
import { keysInSets } from '../project/keys-in-sets.ts';
import { entries, type Located, type Named, property, retyped } from '../project/located.ts';
import { bindPrincipals } from './bind-principals.ts';
import { resolveContent } from './key-content.ts';
import type { KeyText } from './key-properties.ts';
import type { KeyContent } from './model.ts';
import { placeOf } from './place.ts';
import type { Scope } from './scope.ts';
import { withStandards } from './standards.ts';
import type { Viewpoint } from './viewpoint.ts';

/**
 * Resolves the standards that no key uses, and the keys of key sets that no stack uses. Problems with unused groups are among the
 * diagnostics.
 */
export function resolveUnused(scope: Scope, usedKeySets: ReadonlySet<string>): Result<readonly KeyContent[]> {
  const { project, stacks, usedNames } = scope;
  const anywhere: Viewpoint = {
    created: new Map(stacks.flatMap(({ created }) => [...created])),
    environment: {},
    // A problem that depends on the environment or the key is reported at each use.
    place: placeOf(
      {},
      {
        names: {
          environment: literal('environment'),
          purpose: literal('purpose'),
          app: literal(project.app),
          stack: literal('stack'),
          key: literal('key'),
        },
        values: scope.declared.anywhere(),
        accounts: scope.declared.accounts,
      },
    ),
  };
  const contentsOf = (definition: Named<StandardDefinition | KeyDefinition>): readonly KeyContent[] =>
    ways(definition).map((keyLayers) => {
      const { value: layers, diagnostics } = withStandards(keyLayers, {}, scope);
      const content = resolveContent(layers, definition, anywhere, scope);
      return { ...content, diagnostics: [...diagnostics, ...content.diagnostics] };
    });
  // Keys come first, since keys build on standards too.
  const keys = keysInSets(project, (name) => !usedKeySets.has(name)).flatMap(contentsOf);
  const standards = standardsWithoutKeys(scope).flatMap(contentsOf);
  const groups = [...project.principals.values()].filter(
    ({ name, value }) => ('anyOf' in value || 'stack' in value) && !usedNames.has(name),
  );
  // All groups are bound at once, so that each cycle is found once.
  const references = groups.map((group) => ({ ...group, value: group.name }));
  return { value: [...keys, ...standards], diagnostics: bindPrincipals(references, anywhere, scope).diagnostics };
}

/** The layers of a definition by itself, and with each of its entries of `in`. */
function ways(definition: Named<StandardDefinition | KeyDefinition>): readonly (readonly Located<KeyText>[])[] {
  const differences = entries<KeyText | 'absent'>(property<Differing<KeyText>, 'in'>(definition, 'in'));
  const present = differences.flatMap((entry) => (entry.value === 'absent' ? [] : [retyped(entry, entry.value)]));
  return [[definition], ...present.map((difference) => [definition, difference])];
}

/** The standards that no key uses, except those that another unused standard builds on: they are checked along with that standard. */
function standardsWithoutKeys(scope: Scope): readonly Named<StandardDefinition>[] {
  const { standards } = scope.project;
  const covered = new Set(scope.usedStandards);
  const unused = [...standards.values()].filter(({ name }) => !covered.has(name));
  const builtOn = new Set(unused.flatMap(parentsOf));
  // In a cycle that nothing else builds on, one standard has to come first.
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

/** The standards that a standard builds on in any environment. */
function parentsOf({ value }: Named<StandardDefinition>): readonly string[] {
  return [value, ...Object.values(value.in ?? {})].flatMap(({ standard }) => standard ?? []);
}
