import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/locations';

/** What `Fn::ForEach` needs to know about a template. */
export interface LoopNames {
  /** The elements of a list parameter, or a text that says why they are unknown. */
  readonly listOf: (parameter: string) => readonly string[] | string;
  readonly mappings: Mapping;
}

/** Sections of a template with their loops expanded, and the spans of everything in them. */
export interface WrittenOut {
  readonly sections: readonly Mapping[];
  readonly locations: Locations;
  /** Loops that are not written out, with the reason, by the mapping that contains them. */
  readonly kept: ReadonlyMap<object, readonly (readonly [loop: string, reason: string])[]>;
}

/** The values of the identifiers of the loops around a value. */
type Identifiers = ReadonlyMap<string, string>;

/** The maximum number of values that loops may produce. */
const most = 200_000;

/** Where an entry of a written-out mapping or list comes from. */
interface Origin {
  readonly container: object;
  readonly key: string | number;
}

/**
 * Expands the loops in sections of a template, as the transform `AWS::LanguageExtensions` does: in keys, `Ref` and
 * `Fn::Sub`, values replace the identifiers; conditions of `Fn::If` keep their names. A text outside of `Fn::Sub` that
 * names an identifier is not known. Source: CloudFormation User Guide, "Fn::ForEach"; cfn-lint,
 * `_language_extensions.py`.
 */
export function writeOutLoops(sections: readonly Mapping[], locations: Locations, names: LoopNames): WrittenOut {
  const origins = new WeakMap<
    object,
    { readonly of: object; readonly entries: ReadonlyMap<string | number, Origin> }
  >();
  const kept = new Map<object, (readonly [string, string])[]>();
  let size = 0;

  const walk = (value: unknown, identifiers: Identifiers): unknown => {
    if (typeof value === 'string') return namesOne(value, identifiers) ? { 'Fn::ForEach': value } : value;
    if (Array.isArray(value)) return listOf(value, identifiers);
    return isMapping(value) ? mappingOf(value, identifiers) : value;
  };

  const listOf = (list: readonly unknown[], identifiers: Identifiers): readonly unknown[] => {
    const made = list.map((each) => walk(each, identifiers));
    if (made.every((each, index) => each === list[index])) return list;
    size += made.length;
    origins.set(made, { of: list, entries: new Map() });
    return made;
  };

  const mappingOf = (mapping: Mapping, identifiers: Identifiers): unknown => {
    const [only = '', ...others] = Object.keys(mapping);
    if (others.length === 0 && identifiers.size > 0) {
      const argument = mapping[only];
      if (only === 'Ref' && typeof argument === 'string') return identifiers.get(argument) ?? mapping;
      if (only === 'Fn::Sub') return substituted(mapping, argument, identifiers);
      if (only === 'Fn::If' && Array.isArray(argument)) {
        const [condition, ...values] = argument as readonly unknown[];
        return made(mapping, { [only]: [condition, ...values.map((each) => walk(each, identifiers))] });
      }
      if (only === 'Fn::ToJsonString' && walk(argument, identifiers) !== argument) return { 'Fn::ForEach': only };
    }
    const expanded: Record<string, unknown> = {};
    const entries = new Map<string, Origin>();
    const problems: (readonly [string, string])[] = [];
    let isChanged = false;
    for (const [key, value] of Object.entries(mapping)) {
      const problem = key.startsWith('Fn::ForEach::') ? writeOut(value, identifiers, expanded, entries) : undefined;
      if (key.startsWith('Fn::ForEach::') && problem === undefined) {
        isChanged = true;
        continue;
      }
      if (problem !== undefined) problems.push([key, problem]);
      const name = replaced(key, identifiers);
      const inner = problem === undefined ? walk(value, identifiers) : value;
      isChanged ||= name !== key || inner !== value;
      expanded[name] = inner;
      entries.set(name, { container: mapping, key });
    }
    if (!isChanged) {
      if (problems.length > 0) kept.set(mapping, problems);
      return mapping;
    }
    size += entries.size;
    const result = Object.assign(Object.create(null), expanded) as object;
    origins.set(result, { of: mapping, entries });
    if (problems.length > 0) kept.set(result, problems);
    return result;
  };

  const made = (from: object, mapping: Mapping): Mapping => {
    size += 1;
    origins.set(mapping, { of: from, entries: new Map() });
    return mapping;
  };

  const substituted = (mapping: Mapping, argument: unknown, identifiers: Identifiers): unknown => {
    const [text, variables] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument];
    if (typeof text !== 'string') return mapping;
    const inner = replaced(text, identifiers);
    if (!Array.isArray(argument)) return made(mapping, { 'Fn::Sub': inner });
    return made(mapping, { 'Fn::Sub': [inner, ...(variables === undefined ? [] : [walk(variables, identifiers)])] });
  };

  /** Adds the results of a loop; if they are unknown, returns a text that says why. */
  const writeOut = (
    loop: unknown,
    identifiers: Identifiers,
    expanded: Record<string, unknown>,
    entries: Map<string, Origin>,
  ): string | undefined => {
    const [identifier, collection, body, ...others] = Array.isArray(loop) ? (loop as readonly unknown[]) : [];
    if (typeof identifier !== 'string' || !isMapping(body) || others.length > 0)
      return 'it is not written as `[identifier, collection, body]`';
    if (identifiers.has(identifier)) return `a loop around it also has the identifier ${identifier}`;
    const values = elementsOf(collection, identifiers);
    if (typeof values === 'string') return values;
    const properties: Record<string, unknown> = {};
    const ownEntries = new Map<string, Origin>();
    for (const value of values) {
      if (size > most) return 'it makes too much';
      const part = mappingOf(body, new Map([...identifiers, [identifier, value]]));
      if (!isMapping(part)) return 'its body is not a mapping';
      const [inner] = kept.get(part) ?? [];
      if (inner !== undefined) return inner[1];
      const from = origins.get(part);
      for (const [key, each] of Object.entries(part)) {
        if (Object.hasOwn(properties, key) || Object.hasOwn(expanded, key)) return `it makes ${key} twice`;
        properties[key] = each;
        ownEntries.set(key, from?.entries.get(key) ?? { container: body, key });
      }
    }
    Object.assign(expanded, properties);
    for (const [key, origin] of ownEntries) entries.set(key, origin);
    return undefined;
  };

  /** The elements of a collection, or a text that says why they are unknown. */
  const elementsOf = (collection: unknown, identifiers: Identifiers): readonly string[] | string => {
    const unread = 'its collection is not a list of texts, a list parameter or an element of a mapping';
    const textOf = (value: unknown): string | undefined => {
      if (typeof value === 'string') return value;
      const name = isMapping(value) && Object.keys(value).length === 1 ? value.Ref : undefined;
      return typeof name === 'string' ? identifiers.get(name) : undefined;
    };
    if (Array.isArray(collection)) {
      const texts = collection.map(textOf);
      return texts.every((text) => text !== undefined) ? texts : unread;
    }
    if (!isMapping(collection) || Object.keys(collection).length !== 1) return unread;
    const { Ref: parameter, 'Fn::FindInMap': path } = collection;
    if (typeof parameter === 'string') return names.listOf(parameter);
    if (!Array.isArray(path) || path.length !== 3) return unread;
    let mapping: unknown = names.mappings;
    for (const key of path.map(textOf)) {
      if (key === undefined) return unread;
      mapping = isMapping(mapping) && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
    }
    return Array.isArray(mapping) && mapping.every((each) => typeof each === 'string') ? mapping : unread;
  };

  const originOf = (container: object, key: string | number): Origin => {
    const origin = origins.get(container);
    return origin === undefined ? { container, key } : (origin.entries.get(key) ?? originOf(origin.of, key));
  };
  const written = sections.map((section) => mappingOf(section, new Map()));
  return {
    sections: written.map((section) => (isMapping(section) ? section : {})),
    kept,
    locations: {
      spanOf(container) {
        const origin = origins.get(container);
        return origin === undefined ? locations.spanOf(container) : locations.spanOf(origin.of);
      },
      valueSpan(container, key) {
        const origin = originOf(container, key);
        return locations.valueSpan(origin.container, origin.key);
      },
      keySpan(container, key) {
        const origin = originOf(container, key);
        return locations.keySpan(origin.container, String(origin.key));
      },
      writtenText(container, key) {
        const origin = originOf(container, key);
        return locations.writtenText(origin.container, origin.key);
      },
    },
  };
}

/** The text with `${Name}` and `&{Name}` replaced by the values of identifiers; for `&{Name}`, only by their letters and digits. */
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
