/**
 * Finds the texts and numbers that entries of `in` change without changing the shape of what a stack creates. Programs have a parameter for
 * each of these, even while all environments of the stack have the same value. So the first different value changes nothing for the other
 * environments.
 */
import type { DifferenceOrigin, SharedDifference } from '../ir/expression.ts';
import type { Differing } from '../language/differing.ts';
import type { StackDefinition, StackDifference } from '../language/stack.ts';
import { entries, type Located, type Named, property } from '../project/located.ts';
import type { KeyText } from './key-properties.ts';
import { changesValuesOnly, isPeriod } from './shape-differences.ts';
import { standardNames } from './standard-names.ts';

/** Maps the path of a property (`pendingWindow`, `tags.owner`) to the origin of the entries that change the property. */
export type ValueDifferences = ReadonlyMap<string, DifferenceOrigin>;

const none: ValueDifferences = new Map();

/** A change that an entry of `in` makes to a key. */
export type KeyChange = KeyText | 'absent';

/**
 * The texts and numbers of a key or replica that differ by environment. `layers`: the layers in one environment, the nearest last.
 * `ofStack`: the changes in all entries of the stack's `in`. `replicaPlace`: the region or environment by which the YAML names a replica.
 */
export function valueDifferences(
  layers: readonly Located<KeyText>[],
  ofStack: readonly KeyChange[],
  replicaPlace?: string,
): ValueDifferences {
  const written = layers.map((layer) => ({ layer, changes: changesIn(layer) }));
  const changes = new Set([...ofStack, ...written.flatMap((one) => one.changes)]);
  if (changes.size === 0) return none;
  const texts = layers.map(({ value }) => value);
  const changesValues = (change: KeyChange) =>
    changesValuesOnly(
      change,
      texts.filter((text) => text !== change),
    );
  // Environments in which another entry makes the same change have this shape too.
  const shapesHere = new Set(texts.filter((text) => changes.has(text)).map(shapeText));
  const isChangedAlike = (change: KeyChange) =>
    shapesHere.has(shapeText(change)) &&
    [...changes].some((other) => other !== change && shapeText(other) === shapeText(change));
  const keepsShape = (change: KeyChange): change is KeyText =>
    change !== 'absent' && (changesValues(change) || isChangedAlike(change));

  const originByPath = new Map<string, DifferenceOrigin>();
  const settings = new Map<string, { readonly nearest?: DifferenceOrigin; readonly values: ReadonlySet<string> }>();
  const decided = new Set<string>();
  const note = (text: KeyText, change?: DifferenceOrigin) => {
    for (const [path, value] of valuesOf(text)) {
      if (decided.has(path)) continue;
      const { nearest = change, values = [] } = settings.get(path) ?? {};
      const all = new Set([...values, ...(value === undefined ? [] : [JSON.stringify(value)])]);
      settings.set(path, { ...(nearest !== undefined && { nearest }), values: all });
      if (nearest !== undefined && all.size > 1) originByPath.set(path, nearest);
      if (change === undefined) decided.add(path);
    }
  };
  for (const change of ofStack.filter(keepsShape)) note(change, 'differences.key');
  let applied: readonly KeyText[] = [];
  for (const { layer, changes: changesOfLayer } of written.toReversed()) {
    if (changes.has(layer.value)) {
      // A change of the shape applies in all environments that have that shape. Other changes have been noted, wherever they apply.
      if (!keepsShape(layer.value)) applied = [...applied, layer.value];
      continue;
    }
    const [standard] = standardNames([layer]);
    const origin =
      standard === undefined ? 'differences.key' : seenFromReplica(`differences.standard.${standard}`, replicaPlace);
    for (const change of changesOfLayer.filter(keepsShape)) note(change, origin);
    for (const text of [...applied, layer.value]) note(text);
    applied = [];
  }
  for (const text of applied) note(text);
  return originByPath;
}

/** The origin for entries of `in` that are selected by a replica's environment, not by its primary key's. */
export function seenFromReplica(origin: SharedDifference, replicaPlace: string | undefined): DifferenceOrigin {
  return replicaPlace === undefined ? origin : `replicas.${replicaPlace}.${origin}`;
}

/** The names of a stack's tags whose values differ by environment. `ofEnvironment`: the tags that the stack's environment gives. */
export function tagDifferences(
  definition: Named<StackDefinition>,
  ofEnvironment: Readonly<Record<string, string>>,
): ReadonlySet<string> {
  const { tags: ofStack = {} } = definition.value;
  const inherited = { ...ofEnvironment, ...ofStack };
  const changes = changesOfTagsAndKeys(definition).map(({ tags = {} }) => Object.entries(tags));
  return new Set(
    changes
      .filter((tags) => tags.every(([name]) => inherited[name] !== undefined))
      .flatMap((tags) => tags.filter(([name, value]) => inherited[name] !== value).map(([name]) => name)),
  );
}

/** Maps the name of each key to the changes that the entries of a stack's `in` make to it. */
export function changesToKeys(definition: Named<StackDefinition>): ReadonlyMap<string, readonly KeyChange[]> {
  const changes = new Map<string, KeyChange[]>();
  for (const { keys = {} } of changesOfTagsAndKeys(definition)) {
    for (const [name, change] of Object.entries(keys)) changes.set(name, [...(changes.get(name) ?? []), change]);
  }
  return changes;
}

/** The entries of a stack's `in` that change only tags and keys. All other entries change the shape. */
function changesOfTagsAndKeys(definition: Named<StackDefinition>): readonly StackDifference[] {
  return entries<StackDifference | 'absent'>(property(definition, 'in')).flatMap(({ value }) => {
    if (value === 'absent') return [];
    const { tags: _, keys: __, ...others } = value;
    return Object.keys(others).length === 0 ? [value] : [];
  });
}

function changesIn({ value }: Located<KeyText & Differing<KeyText>>): readonly KeyChange[] {
  return Object.values(value.in ?? {});
}

/** The shape of a change as text: everything except the values that a parameter can replace. */
function shapeText(change: KeyChange): string {
  if (change === 'absent') return change;
  const { description, pendingWindow, customKeyStore, xksKey, rotation, tags = {}, suppress, ...shape } = change;
  return JSON.stringify([shape, isPeriod(rotation) || rotation, Object.keys(tags).sort()]);
}

/** Every value in a key's text that a parameter can replace, by path; `undefined` if a rotation has no period. */
function valuesOf(text: KeyText): readonly (readonly [path: string, value: unknown])[] {
  const { tags = {}, rotation } = text;
  return [
    ...(['description', 'pendingWindow', 'customKeyStore', 'xksKey'] as const).flatMap((name) =>
      text[name] === undefined ? [] : [[name, text[name]] as const],
    ),
    ...(rotation === undefined ? [] : [['rotation', isPeriod(rotation) ? rotation : undefined] as const]),
    ...Object.entries(tags).map(([name, value]) => [`tags.${name}`, value] as const),
  ];
}
