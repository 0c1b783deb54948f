import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { cyclicDefinition, unknownName } from '../diagnostics/resolve.ts';
import { longChain } from '../diagnostics/source.ts';
import type { KeyDefinition, ReplicaDefinition, StandardDefinition } from '../language/key.ts';
import { elements, entries, type Located, type Named, property } from '../project/located.ts';

/** What a key or replica says, and the standards that it builds on: the most general first, its own last. */
export type Layers = readonly Located<StandardDefinition & Partial<KeyDefinition> & Partial<ReplicaDefinition>>[];

/** More than anyone can follow. */
const longestChain = 100;

/** Finds the standards that a key or replica builds on. An unknown standard is KW2003, a circle of them KW2004, a chain without end KW0022. */
export function applyStandards(
  definition: Located<KeyDefinition | ReplicaDefinition>,
  standards: ReadonlyMap<string, Named<StandardDefinition>>,
  diagnostics: Diagnostic[],
): Layers {
  const own = definition as Layers[number]; // a key and a replica each have a part of these properties, all optional
  const layers: Located<StandardDefinition>[] = [];
  const path = new Set<string>();
  let reference = property(own, 'standard');
  while (reference !== undefined) {
    const name = reference.value;
    const standard = standards.get(name);
    if (standard === undefined) {
      diagnostics.push(
        report(unknownName, reference.span, { kind: 'standard', name, candidates: [...standards.keys()] }),
      );
      break;
    }
    if (path.has(name)) {
      const names = [...path];
      const cycle = [...names.slice(names.indexOf(name)), name];
      const related = cycle.slice(0, -1).flatMap((member) => {
        const span = standards.get(member)?.nameSpan;
        return span === undefined ? [] : [{ message: `standard \`${member}\``, span }];
      });
      diagnostics.push(report(cyclicDefinition, reference.span, { kind: 'standard', cycle }, related));
      break;
    }
    if (path.size === longestChain) {
      diagnostics.push(report(longChain, reference.span, { what: 'standards', most: longestChain }));
      break;
    }
    path.add(name);
    layers.push({ ...standard, through: `standard ${name}` });
    reference = property(standard, 'standard');
  }
  return [...layers.reverse(), own];
}

/** A single value: the most specific layer that has it decides. */
export function single<K extends keyof Layers[number]['value'] & string>(layers: Layers, name: K) {
  const layer = layers.findLast(({ value }) => value[name] !== undefined);
  return layer && property(layer, name);
}

type ListName = 'admins' | 'statements' | 'services' | 'grants' | 'suppress';

/** A list: what the standards have, then what the key adds. */
export function all<K extends ListName>(layers: Layers, name: K) {
  type Element = NonNullable<StandardDefinition[K]>[number];
  return layers.flatMap(
    (layer) => elements(property(layer, name) as Located<readonly Element[]> | undefined), // the type of a union of lists is no list
  );
}

/** Tags by name: those of the standards, with what the key adds or replaces. */
export function tagsOf(layers: Layers): ReadonlyMap<string, Named<string>> {
  return new Map(layers.flatMap((layer) => entries(property(layer, 'tags'))).map((tag) => [tag.name, tag]));
}
