import { byName } from '@keywright/core/collections/by-name';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import { createCollector } from '@keywright/core/diagnostics/result';
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

/** Returns a resource's name for messages. */
export function labelOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type}::${name}`;
}

/** Reads the properties of a resource. A property of the wrong type is reported in `diagnostics`, and the resource is then incomplete. */
export class Fields {
  readonly #resource: ExportedResource;
  readonly #label: string;
  readonly #referenceTo: ReferenceTo;
  readonly #partition: string;
  readonly #collector = createCollector();
  #isWhole = true;

  constructor(resource: ExportedResource, referenceTo: ReferenceTo, partition: string) {
    this.#resource = resource;
    this.#label = labelOf(resource);
    this.#referenceTo = referenceTo;
    this.#partition = partition;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#collector.diagnostics;
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  text(name: string): string | undefined {
    return this.#read(name, (text) => (typeof text === 'string' ? text : undefined), 'a text');
  }

  expression(name: string): Expression | undefined {
    return this.#read(name, expressionOf, 'a text');
  }

  boolean(name: string): boolean | undefined {
    return this.#read(name, booleanOf, 'true or false');
  }

  integer(name: string): number | undefined {
    return this.#read(name, integerOf, 'a whole number');
  }

  texts(name: string): readonly string[] | undefined {
    return this.#read(name, textsOf, 'a list of texts');
  }

  /** Returns one of a list of words; `fallback` if the property is missing. */
  word<Word extends string>(name: string, words: readonly Word[], fallback: Word): Word {
    const wordIn = (text: SourceValue) => words.find((word) => word === text);
    return this.#read(name, wordIn, `one of ${words.join(', ')}`) ?? fallback;
  }

  /** Returns the tags, including the provider's default tags, sorted by name. */
  tags(): readonly Tag[] {
    const all = new Map<string, Expression>();
    for (const property of ['tags', 'tagsAll']) {
      for (const [name, tag] of Object.entries(this.#read(property, mappingOf, 'a mapping') ?? {})) {
        const expression = expressionOf(tag);
        if (expression !== undefined) all.set(name, expression);
        else if (tag instanceof Unknown) this.#failUnknown(property, tag);
        else this.fail(property, `the tag ${JSON.stringify(name)} is not text`);
      }
    }
    return [...all].map(([name, value]) => ({ name, value })).sort(byName);
  }

  /** Reads a policy. For a key policy, `isOwnArn` says whether a resource is the ARN of the key. */
  policy(
    name: string,
    kind: 'key' | 'identity' | 'trust',
    isOwnArn: (resource: Expression) => boolean = () => false,
  ): PolicyDocument | undefined {
    const json = this.value(name);
    if (json === undefined) {
      this.fail(name, 'it is missing');
      return undefined;
    }
    const document = typeof json === 'string' ? documentIn(json, this.#referenceTo) : json;
    const partition = literal(this.#partition);
    const source = { document, resource: this.#label, span: this.#spanOf(name), partition, isOwnArn };
    const policy = this.#collector.take(readPolicy(kind, source));
    if (policy === undefined) this.#isWhole = false;
    return policy;
  }

  value(name: string): SourceValue | undefined {
    const json = this.#resource[this.#sideOf(name)][name];
    // For a property that does not exist, the provider answers with nothing or with empty text.
    if (json === undefined || json === null || (json === '' && this.#resource.inputs[name] === undefined))
      return undefined;
    return sourceValue(json, this.#referenceTo);
  }

  fail(property: string, problem: string): void {
    this.leaveOut(report(unreadableProperty, this.#spanOf(property), { resource: this.#label, property, problem }));
  }

  leaveOut(problem: Diagnostic): void {
    this.#isWhole = false;
    this.#collector.add(problem);
  }

  #failUnknown(property: string, { reason, advice }: Unknown): void {
    const parameters = { resource: this.#label, property: `\`${property}\``, reason, advice };
    this.leaveOut(report(unknownValue, this.#spanOf(property), parameters));
  }

  #read<Value>(name: string, as: (value: SourceValue) => Value | undefined, what: string): Value | undefined {
    const content = this.value(name);
    if (content === undefined) return undefined;
    if (content instanceof Unknown) {
      this.#failUnknown(name, content);
      return undefined;
    }
    const value = as(content);
    if (value === undefined) this.fail(name, `it is not ${what}`);
    return value;
  }

  #spanOf(name: string): Span {
    return this.#resource.spanOf(this.#sideOf(name), name);
  }

  /** Returns the side to read a property from. The provider's answer takes precedence over the program's input. */
  #sideOf(name: string): 'inputs' | 'outputs' {
    const { inputs, outputs } = this.#resource;
    const answer = outputs[name];
    const isKnown =
      answer !== undefined && answer !== null && !(sourceValue(answer, this.#referenceTo) instanceof Unknown);
    return (isKnown && answer !== '') || inputs[name] === undefined ? 'outputs' : 'inputs';
  }
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
  // The cast is safe: a list is not a mapping, `#read` has reported any `Unknown`, and only a text becomes a `Computed`.
  return value as Readonly<Record<string, SourceValue>>;
}
