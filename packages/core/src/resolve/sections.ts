/** The parts of a stack in one environment: its sections, changed by the entries of `in` that apply there, and the keys of its key sets. */
import { report } from '../diagnostics/diagnostic.ts';
import { unknownName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { IdentityPolicyDefinition } from '../language/identity-policy.ts';
import type { ImportDefinition } from '../language/import.ts';
import type { KeyDefinition } from '../language/key.ts';
import type { OutputDefinition } from '../language/output.ts';
import type { CreatedPrincipal } from '../language/principal.ts';
import type { StackDefinition, StackDifference } from '../language/stack.ts';
import { entries, type Located, type Named, property } from '../project/located.ts';
import { type Difference, isThere, type Setting, undecided } from './differences.ts';
import type { KeyText } from './key-properties.ts';

export interface StackSections {
  readonly tags: readonly Named<string>[];
  readonly principals: readonly Named<CreatedPrincipal>[];
  readonly imports: readonly Named<ImportDefinition>[];
  readonly identityPolicies: readonly Named<IdentityPolicyDefinition>[];
  readonly outputs: readonly Named<OutputDefinition>[];
  readonly keys: readonly WrittenKey[];
}

/** A key as written: in a key set, under `keys` of the stack, under `in` of the stack, or in several of these. */
export interface WrittenKey {
  readonly name: string;
  /** Where messages point: to the stack, unless only a key set has the key. */
  readonly definition: Named<KeyText>;
  readonly ofSet?: Named<KeyDefinition>;
  readonly ofStack?: Named<KeyDefinition>;
  /** The changes that `in` of the stack makes to the key. */
  readonly differences: readonly Difference<KeyText>[];
}

/** The sections of a stack with `differences` applied, the most specific last. `ofSets`: the keys of its key sets. */
export function sectionsOf(
  definition: Named<StackDefinition>,
  differences: readonly Difference<StackDifference>[],
  ofSets: readonly Named<KeyDefinition>[],
): Result<StackSections> {
  const collector = createCollector();
  collector.add(...undecided(differences, settingsOf, `stack \`${definition.name}\``));
  const section = <T>(name: 'principals' | 'imports' | 'identityPolicies' | 'outputs') =>
    collector.take(
      withDifferences(
        sectionOf<T>(definition, name),
        differences.filter(isThere).flatMap(({ entry }) => sectionOf<T | 'absent'>(entry, name)),
        kinds[name],
      ),
    );
  const tags = [definition, ...differences.filter(isThere).map(({ entry }) => entry)].flatMap((layer) =>
    entries<string>(property<Pick<StackDefinition, 'tags'>, 'tags'>(layer, 'tags')),
  );
  return collector.result({
    tags: [...new Map(tags.map((tag) => [tag.name, tag])).values()],
    principals: section<CreatedPrincipal>('principals'),
    imports: section<ImportDefinition>('imports'),
    identityPolicies: section<IdentityPolicyDefinition>('identityPolicies'),
    outputs: section<OutputDefinition>('outputs'),
    keys: collector.take(keysOf(definition, differences, ofSets)),
  });
}

function sectionOf<T>(body: Located<object>, name: string): readonly Named<T>[] {
  // The schema guarantees the type of each section.
  return entries(property(body as Located<Readonly<Record<string, Readonly<Record<string, T>>>>>, name));
}

/** What messages call an entry of each section. */
const kinds = {
  principals: 'principal',
  imports: 'import',
  identityPolicies: 'identity policy',
  outputs: 'output',
} as const;

/** Applies differences, which replace or remove entries. Reports the removal of an entry that does not exist (KW2003). */
function withDifferences<T>(
  declared: readonly Named<T>[],
  changes: readonly Named<T | 'absent'>[],
  kind: string,
): Result<readonly Named<T>[]> {
  const collector = createCollector();
  const byName = new Map<string, Named<T>>(declared.map((entry) => [entry.name, entry]));
  const everDeclared = new Set(byName.keys());
  for (const change of changes) {
    const { name, nameSpan } = change;
    if (change.value === 'absent') {
      if (!everDeclared.has(name))
        collector.add(report(unknownName, nameSpan, { kind, name, candidates: [...byName.keys()] }));
      byName.delete(name);
    } else {
      everDeclared.add(name);
      byName.set(name, change as Named<T>); // not `absent`: checked above
    }
  }
  return collector.result([...byName.values()]);
}

function keysOf(
  definition: Named<StackDefinition>,
  differences: readonly Difference<StackDifference>[],
  ofSets: readonly Named<KeyDefinition>[],
): Result<readonly WrittenKey[]> {
  const collector = createCollector();
  const keys = new Map<string, WrittenKey>(
    ofSets.map((ofSet) => [ofSet.name, { name: ofSet.name, definition: ofSet, ofSet, differences: [] }]),
  );
  for (const ofStack of entries<KeyDefinition>(property(definition, 'keys'))) {
    const { name } = ofStack;
    keys.set(name, { ...keys.get(name), name, definition: ofStack, ofStack, differences: [] });
  }
  for (const { entry, set } of differences.filter(isThere)) {
    for (const key of entries<KeyText | 'absent'>(property(entry, 'keys'))) {
      const { name } = key;
      // The change to a key is for the environments of the stack's entry, so it takes the name of that entry.
      const difference = { entry: { ...key, name: entry.name }, set };
      const earlier = keys.get(name);
      if (earlier !== undefined) keys.set(name, { ...earlier, differences: [...earlier.differences, difference] });
      else if (key.value === 'absent') {
        collector.add(report(unknownName, key.nameSpan, { kind: 'key', name, candidates: [...keys.keys()] }));
      } else {
        keys.set(name, { name, definition: key as Named<KeyText>, differences: [difference] });
      }
    }
  }
  return collector.result([...keys.values()]);
}

/** The properties of a stack that two entries of `in` can set to different values. For keys, see `writtenIn`. */
function settingsOf(difference: Located<StackDifference>): readonly Setting[] {
  return (['tags', 'principals', 'imports', 'identityPolicies', 'outputs'] as const).flatMap((name) =>
    sectionOf(difference, name).map((entry) => ({ name: `${name}.${entry.name}`, span: entry.nameSpan })),
  );
}
