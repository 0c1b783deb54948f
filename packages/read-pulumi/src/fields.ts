import { byName } from '@keywright/core/collections/by-name';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import type { Collector } from '@keywright/core/diagnostics/result';
import { type Expression, literal } from '@keywright/core/ir/expression';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Tag } from '@keywright/core/ir/program';
import { readPolicy } from '@keywright/core/reading/read-policy';
import { expressionOf, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import type { Span } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { unreadableProperty } from './diagnostics.ts';
import type { ExportedResource } from './export-file.ts';
import type { ReferenceTo } from './references.ts';
import { sourceValue } from './value.ts';

/**
 * The properties of a resource, each with the type it must have. Problems are reported, and the resource then counts as
 * incomplete.
 */
export interface Fields {
  readonly text: (name: string) => string | undefined;
  readonly expression: (name: string) => Expression | undefined;
  readonly boolean: (name: string) => boolean | undefined;
  readonly integer: (name: string) => number | undefined;
  readonly texts: (name: string) => readonly string[] | undefined;
  /** One of a list of words; `fallback` if it is missing. */
  readonly word: <Word extends string>(name: string, words: readonly Word[], fallback: Word) => Word;
  /** Its tags, including the provider's default tags, sorted by name. */
  readonly tags: () => readonly Tag[];
  readonly policy: (name: string, kind: 'key' | 'identity' | 'trust') => PolicyDocument | undefined;
  readonly value: (name: string) => SourceValue | undefined;
  readonly fail: (property: string, problem: string) => void;
  /** Marks the resource as incomplete after a problem reported elsewhere. */
  readonly leaveOut: () => void;
  readonly isWhole: () => boolean;
}

/** A resource's name in messages. */
export function labelOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type}::${name}`;
}

export function fieldsOf(
  resource: ExportedResource,
  referenceTo: ReferenceTo,
  partition: string,
  collector: Collector,
): Fields {
  const label = labelOf(resource);
  const { inputs, outputs } = resource;
  let isWhole = true;

  /** The provider's answer or, if it says nothing, the program's input. */
  const sideOf = (name: string) => {
    const answer = outputs[name];
    const isKnown = answer !== undefined && answer !== null && !(sourceValue(answer, referenceTo) instanceof Unknown);
    return (isKnown && answer !== '') || inputs[name] === undefined ? 'outputs' : 'inputs';
  };
  const spanOf = (name: string): Span => resource.spanOf(sideOf(name), name);
  const value = (name: string): SourceValue | undefined => {
    const json = resource[sideOf(name)][name];
    // The provider answers with nothing, or with empty text, for what does not exist.
    if (json === undefined || json === null || (json === '' && inputs[name] === undefined)) return undefined;
    return sourceValue(json, referenceTo);
  };
  const fail = (property: string, problem: string) => {
    isWhole = false;
    collector.add(report(unreadableProperty, spanOf(property), { resource: label, property, problem }));
  };
  const failUnknown = (property: string, unknown: Unknown) => {
    isWhole = false;
    const { reason, advice } = unknown;
    collector.add(
      report(unknownValue, spanOf(property), { resource: label, property: `\`${property}\``, reason, advice }),
    );
  };
  const read = <Value>(name: string, as: (value: SourceValue) => Value | undefined, what: string) => {
    const content = value(name);
    if (content === undefined) return undefined;
    if (content instanceof Unknown) {
      failUnknown(name, content);
      return undefined;
    }
    const wanted = as(content);
    if (wanted === undefined) fail(name, `it is not ${what}`);
    return wanted;
  };

  const fields: Fields = {
    text: (name) => read(name, (text) => (typeof text === 'string' ? text : undefined), 'a text'),
    expression: (name) => read(name, expressionOf, 'a text'),
    boolean: (name) => read(name, booleanOf, 'true or false'),
    integer: (name) => read(name, integerOf, 'a whole number'),
    texts: (name) => read(name, textsOf, 'a list of texts'),
    word(name, words, fallback) {
      const isOne = (text: SourceValue) => words.find((word) => word === text);
      return read(name, isOne, `one of ${words.join(', ')}`) ?? fallback;
    },
    tags() {
      const all = new Map<string, Expression>();
      for (const property of ['tags', 'tagsAll']) {
        for (const [name, tag] of Object.entries(read(property, mappingOf, 'a mapping') ?? {})) {
          if (tag instanceof Unknown) failUnknown(property, tag);
          const expression = expressionOf(tag);
          if (expression !== undefined) all.set(name, expression);
          else if (!(tag instanceof Unknown)) fail(property, `the tag ${JSON.stringify(name)} is not text`);
        }
      }
      return [...all].map(([name, value]) => ({ name, value })).sort(byName);
    },
    policy(name, kind) {
      const json = value(name);
      if (json === undefined) {
        fail(name, 'it is missing');
        return undefined;
      }
      const span = spanOf(name);
      const document = typeof json === 'string' ? documentIn(json, referenceTo) : json;
      const source = { document, resource: label, span, partition: literal(partition) };
      const policy = collector.take(readPolicy(kind, source));
      if (policy === undefined) isWhole = false;
      return policy;
    },
    value,
    fail,
    leaveOut: () => {
      isWhole = false;
    },
    isWhole: () => isWhole,
  };
  return fields;
}

/** Parses JSON text as a document; other text stays text, and is reported when it is read as a policy. */
function documentIn(text: string, referenceTo: ReferenceTo): SourceValue {
  try {
    return sourceValue(JSON.parse(text), referenceTo);
  } catch {
    return text;
  }
}

function booleanOf(value: SourceValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

function integerOf(value: SourceValue): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

function textsOf(value: SourceValue): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((element) => typeof element === 'string');
  return texts.length === value.length ? texts : undefined;
}

function mappingOf(value: SourceValue): Readonly<Record<string, SourceValue>> | undefined {
  if (!isMapping(value)) return undefined;
  // Neither a list nor an `Unknown`, which was reported before; `Computed` occurs only where text belongs.
  return value as Readonly<Record<string, SourceValue>>;
}
