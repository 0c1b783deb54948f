import { report } from '../diagnostics/diagnostic.ts';
import { cyclicDefinition, unknownName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { longChain } from '../diagnostics/source.ts';
import type { KeyDefinition, ReplicaDefinition, StandardDefinition } from '../language/key.ts';
import { elements, entries, type Located, type Named, property } from '../project/located.ts';

/** What a key or a replica can say: each a part of it. */
type KeyText = StandardDefinition & Partial<KeyDefinition> & Partial<ReplicaDefinition>;
type ListName = 'admins' | 'statements' | 'services' | 'grants' | 'suppress';

/**
 * What holds for a key or replica: of each property with one value, what it says itself or the nearest standard that says it; of
 * a list, what the standards have, the most general first, and then its own.
 */
export type KeyProperties = {
  readonly [K in Exclude<keyof KeyText, ListName | 'tags'>]?: Located<Exclude<KeyText[K], undefined>>;
} & {
  readonly [K in ListName]: readonly Located<NonNullable<KeyText[K]>[number]>[];
} & {
  /** By name, those of the standards with what the key adds or replaces. */
  readonly tags: ReadonlyMap<string, Named<string>>;
};

/** More than anyone can follow. */
const longestChain = 100;

/** What holds for a key or replica with the standards that it builds on; see `standardsOf` for what can be wrong with these. */
export function keyProperties(
  definition: Located<KeyDefinition | ReplicaDefinition>,
  standards: ReadonlyMap<string, Named<StandardDefinition>>,
): Result<KeyProperties> {
  const own = definition as Located<KeyText>; // the two have different parts of these properties, all of them optional
  const { value, diagnostics } = standardsOf(own, standards);
  const layers: readonly Located<KeyText>[] = [...value, own];
  const properties: Record<string, unknown> = {};
  for (const layer of layers) {
    for (const name of Object.keys(layer.value) as (keyof KeyText)[]) {
      properties[name] = property(layer, name) ?? properties[name];
    }
  }
  const all = <K extends ListName>(name: K) =>
    layers.flatMap((layer) => elements(property(layer, name) as Located<readonly unknown[]> | undefined)); // the type of a union of lists is no list
  for (const name of listNames) properties[name] = all(name);
  properties.tags = new Map(layers.flatMap((layer) => entries(property(layer, 'tags'))).map((tag) => [tag.name, tag]));
  return { value: properties as KeyProperties, diagnostics }; // filled in name by name
}

const listNames: readonly ListName[] = ['admins', 'statements', 'services', 'grants', 'suppress'];

/**
 * The standards that a key or replica builds on, the most general first. An unknown one is KW2003, a circle of them KW2004, a chain
 * without end KW0022.
 */
function standardsOf(
  own: Located<KeyText>,
  standards: ReadonlyMap<string, Named<StandardDefinition>>,
): Result<readonly Located<StandardDefinition>[]> {
  const collector = createCollector();
  const layers: Located<StandardDefinition>[] = [];
  const path = new Set<string>();
  let reference = property(own, 'standard');
  while (reference !== undefined) {
    const name = reference.value;
    const standard = standards.get(name);
    if (standard === undefined) {
      collector.add(report(unknownName, reference.span, { kind: 'standard', name, candidates: [...standards.keys()] }));
      break;
    }
    if (path.has(name)) {
      const names = [...path];
      const cycle = [...names.slice(names.indexOf(name)), name];
      const related = cycle.slice(0, -1).flatMap((member) => {
        const span = standards.get(member)?.nameSpan;
        return span === undefined ? [] : [{ message: `standard \`${member}\``, span }];
      });
      collector.add(report(cyclicDefinition, reference.span, { kind: 'standard', cycle }, related));
      break;
    }
    if (path.size === longestChain) {
      collector.add(report(longChain, reference.span, { what: 'standards', most: longestChain }));
      break;
    }
    path.add(name);
    layers.push({ ...standard, through: `standard ${name}` });
    reference = property(standard, 'standard');
  }
  return collector.result(layers.reverse());
}
