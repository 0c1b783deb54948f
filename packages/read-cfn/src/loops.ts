import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/locations';
import { type Origin, Origins } from './origins.ts';

/** Looks up the names that the collection of a loop can refer to. */
export interface LoopNames {
  /** Returns the elements of a list parameter, or a text that says why they are unknown. */
  readonly listOf: (parameter: string) => readonly string[] | string;
  readonly mappings: Mapping;
}

/** Sections of a template with their loops expanded, and the spans of everything in them. */
export interface ExpandedSections {
  readonly sections: readonly Mapping[];
  readonly locations: Locations;
  /** Maps a mapping to the loops in it that are not expanded, each with the reason. */
  readonly kept: ReadonlyMap<object, readonly (readonly [loop: string, reason: string])[]>;
}

/** The values of the identifiers of the surrounding loops. */
type Identifiers = ReadonlyMap<string, string>;

/** The maximum number of values that loops may produce. */
const most = 200_000;

/**
 * Expands the loops in sections of a template, as the transform `AWS::LanguageExtensions` does. Values replace the identifiers in the keys
 * of mappings, in `Ref` and in `Fn::Sub`. The name of the condition in an `Fn::If` stays as it is. A text outside `Fn::Sub` that names an
 * identifier is unknown. Source: CloudFormation User Guide, "Fn::ForEach"; cfn-lint, `_language_extensions.py`.
 */
export function expandLoops(sections: readonly Mapping[], locations: Locations, names: LoopNames): ExpandedSections {
  const expander = new LoopExpander(names);
  const expanded = sections.map((section) => expander.mapping(section, new Map()));
  return {
    sections: expanded.map((section) => (isMapping(section) ? section : {})),
    kept: expander.kept,
    locations: expander.origins.locations(locations),
  };
}

interface Entry {
  readonly value: unknown;
  readonly origin: Origin;
}

class LoopExpander {
  readonly origins = new Origins();
  readonly kept = new Map<object, readonly (readonly [loop: string, reason: string])[]>();
  readonly #names: LoopNames;
  /** The number of values made so far. */
  #size = 0;

  constructor(names: LoopNames) {
    this.#names = names;
  }

  /** Expands the loops in a mapping; returns the mapping itself if nothing changes. */
  mapping(mapping: Mapping, identifiers: Identifiers): unknown {
    return this.#call(mapping, identifiers) ?? this.#plainMapping(mapping, identifiers);
  }

  #value(value: unknown, identifiers: Identifiers): unknown {
    if (typeof value === 'string') return namesOne(value, identifiers) ? { 'Fn::ForEach': value } : value;
    if (Array.isArray(value)) return this.#list(value, identifiers);
    return isMapping(value) ? this.mapping(value, identifiers) : value;
  }

  #list(list: readonly unknown[], identifiers: Identifiers): readonly unknown[] {
    const made = list.map((each) => this.#value(each, identifiers));
    if (made.every((each, index) => each === list[index])) return list;
    this.#size += made.length;
    return this.origins.add(made, list);
  }

  /** Expands the functions that have their own rules for identifiers; returns `undefined` for any other mapping. */
  #call(mapping: Mapping, identifiers: Identifiers): unknown {
    const [name = '', ...others] = Object.keys(mapping);
    if (others.length > 0 || identifiers.size === 0) return undefined;
    const argument = mapping[name];
    if (name === 'Ref' && typeof argument === 'string') {
      const value = identifiers.get(argument) ?? this.#value(argument, identifiers);
      return value === argument ? mapping : value;
    }
    if (name === 'Fn::Sub') return this.#sub(mapping, argument, identifiers);
    if (name === 'Fn::If' && Array.isArray(argument)) {
      const [condition, ...values] = argument as readonly unknown[];
      return this.#made(mapping, { [name]: [condition, ...values.map((each) => this.#value(each, identifiers))] });
    }
    if (name === 'Fn::ToJsonString' && this.#value(argument, identifiers) !== argument) return { 'Fn::ForEach': name };
    return undefined;
  }

  #sub(mapping: Mapping, argument: unknown, identifiers: Identifiers): Mapping {
    const [text, variables] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument];
    if (typeof text !== 'string') return mapping;
    const inner = replaced(text, identifiers);
    if (!Array.isArray(argument)) return this.#made(mapping, { 'Fn::Sub': inner });
    const others = variables === undefined ? [] : [this.#value(variables, identifiers)];
    return this.#made(mapping, { 'Fn::Sub': [inner, ...others] });
  }

  #made(source: Mapping, mapping: Mapping): Mapping {
    this.#size += 1;
    return this.origins.add(mapping, source);
  }

  #plainMapping(mapping: Mapping, identifiers: Identifiers): Mapping {
    const entries = new Map<string, Entry>();
    const problems: (readonly [string, string])[] = [];
    let isChanged = false;
    for (const [key, value] of Object.entries(mapping)) {
      const isLoop = key.startsWith('Fn::ForEach::');
      const loop = isLoop ? this.#loop(value, identifiers, entries) : undefined;
      if (typeof loop === 'object') {
        isChanged = true;
        for (const [name, entry] of loop) entries.set(name, entry);
        continue;
      }
      if (loop !== undefined) problems.push([key, loop]);
      const name = replaced(key, identifiers);
      const inner = loop === undefined ? this.#value(value, identifiers) : value;
      isChanged ||= name !== key || inner !== value;
      entries.set(name, { value: inner, origin: { container: mapping, key } });
    }
    const result = isChanged ? this.#mappingOf(entries, mapping) : mapping;
    if (problems.length > 0) this.kept.set(result, problems);
    return result;
  }

  #mappingOf(entries: ReadonlyMap<string, Entry>, source: Mapping): Mapping {
    this.#size += entries.size;
    const result: Record<string, unknown> = Object.create(null);
    for (const [key, { value }] of entries) result[key] = value;
    return this.origins.add(result, source, new Map([...entries].map(([key, { origin }]) => [key, origin])));
  }

  /**
   * Returns the entries that a loop makes, or a text that says why they are unknown. `before` has the entries before the loop; the loop
   * must not repeat their keys.
   */
  #loop(
    loop: unknown,
    identifiers: Identifiers,
    before: ReadonlyMap<string, Entry>,
  ): ReadonlyMap<string, Entry> | string {
    const [identifier, collection, body, ...others] = Array.isArray(loop) ? (loop as readonly unknown[]) : [];
    if (typeof identifier !== 'string' || !isMapping(body) || others.length > 0)
      return 'it is not written as `[identifier, collection, body]`';
    if (identifiers.has(identifier)) return `a loop around it also has the identifier ${identifier}`;
    const values = elementsOf(collection, identifiers, this.#names);
    if (typeof values === 'string') return values;
    const entries = new Map<string, Entry>();
    for (const value of values) {
      if (this.#size > most) return 'it makes too much';
      const part = this.mapping(body, new Map([...identifiers, [identifier, value]]));
      if (!isMapping(part)) return 'its body is not a mapping';
      const [problem] = this.kept.get(part) ?? [];
      if (problem !== undefined) return problem[1];
      for (const [key, each] of Object.entries(part)) {
        if (entries.has(key) || before.has(key)) return `it makes ${key} twice`;
        entries.set(key, { value: each, origin: this.origins.of(part, key) });
      }
    }
    return entries;
  }
}

function elementsOf(
  collection: unknown,
  identifiers: Identifiers,
  { listOf, mappings }: LoopNames,
): readonly string[] | string {
  const unread = 'its collection is not a list of texts, a list parameter or an element of a mapping';
  if (Array.isArray(collection)) {
    const texts = collection.map((each) => textOf(each, identifiers));
    return texts.every((text) => text !== undefined) ? texts : unread;
  }
  if (!isMapping(collection) || Object.keys(collection).length !== 1) return unread;
  const { Ref: parameter, 'Fn::FindInMap': path } = collection;
  if (typeof parameter === 'string') return listOf(parameter);
  if (!Array.isArray(path) || path.length !== 3) return unread;
  let mapping: unknown = mappings;
  for (const key of path.map((each) => textOf(each, identifiers))) {
    if (key === undefined) return unread;
    mapping = isMapping(mapping) && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
  }
  return Array.isArray(mapping) && mapping.every((each) => typeof each === 'string') ? mapping : unread;
}

/** Returns the text itself, or the value of the identifier in a `Ref`; `undefined` for anything else. */
function textOf(value: unknown, identifiers: Identifiers): string | undefined {
  if (typeof value === 'string') return value;
  const name = isMapping(value) && Object.keys(value).length === 1 ? value.Ref : undefined;
  return typeof name === 'string' ? identifiers.get(name) : undefined;
}

/** Replaces `${Name}` in a text by the value of an identifier, and `&{Name}` by the letters and digits of that value. */
function replaced(text: string, identifiers: Identifiers): string {
  return text.replaceAll(/([$&])\{([A-Za-z0-9]+)\}/g, (reference, sign: string, name: string) => {
    const value = identifiers.get(name);
    if (value === undefined) return reference;
    return sign === '&' ? value.replaceAll(/[^A-Za-z0-9]/g, '') : value;
  });
}

function namesOne(text: string, identifiers: Identifiers): boolean {
  return identifiers.size > 0 && replaced(text, identifiers) !== text;
}
