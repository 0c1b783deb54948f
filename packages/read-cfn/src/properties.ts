import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import { createCollector } from '@keywright/core/diagnostics/result';
import { type Expression, partsOf } from '@keywright/core/ir/expression';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import { expressionOf, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import type { Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import { unexpectedProperty, unexpectedValue } from './diagnostics.ts';
import type { Entry } from './entries.ts';
import type { StackTags } from './parameters.ts';
import { type PolicyKind, type PropertyContext, readDocument } from './policy-documents.ts';

/**
 * Reads a resource's properties. A property that cannot be read is added to `problems`, and the resource is then left out, so the
 * placeholder that is returned for it does not matter.
 */
export class Properties {
  readonly #entry: Entry;
  readonly #context: PropertyContext;
  readonly #fields: Mapping;
  readonly #collector = createCollector();

  /** `names` has every property that is read. Other properties are reported. */
  constructor(entry: Entry, names: readonly string[], context: PropertyContext) {
    const properties = entry.body.Properties ?? {};
    this.#entry = entry;
    this.#context = context;
    this.#fields = isMapping(properties) ? properties : {};
    if (!isMapping(properties)) this.refuse('Properties', 'a mapping');
    if (entry.body['Fn::Transform'] !== undefined)
      this.refuseUnknown(
        'Properties',
        new Unknown('a macro (Fn::Transform) can change it', 'read the processed template'),
      );
    const { locations } = context.template.parsed;
    for (const property of Object.keys(this.#fields)) {
      if (names.includes(property)) continue;
      const span = locations.keySpan(this.#fields, property);
      this.#collector.add(report(unexpectedProperty, span, { resource: entry.logicalId, property }));
    }
  }

  get span(): Span {
    return this.#entry.span;
  }

  /** The tags of the stack, which the resource has unless it has its own of the same name. */
  get stackTags(): StackTags {
    const tags = this.#context.stackTags();
    if (!(tags instanceof Unknown)) return tags;
    this.refuseUnknown('Tags', tags);
    return new Map();
  }

  get problems(): readonly Diagnostic[] {
    return this.#collector.diagnostics;
  }

  /** The value of a property, which can be `Unknown`. Reports nothing. */
  seen(name: string): SourceValue | undefined {
    return this.#context.evaluator.at(this.#fields, name);
  }

  value(name: string): SourceValue | undefined {
    const value = this.seen(name);
    return value instanceof Unknown ? this.refuseUnknown(name, value) : value;
  }

  text(name: string): Expression | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : (expressionOf(value) ?? this.refuse(name, 'text'));
  }

  requiredText(name: string, expected: string): Expression | undefined {
    return this.seen(name) === undefined ? this.refuse(name, expected) : this.text(name);
  }

  /** Returns text that is known before the deployment. */
  plainText(name: string): string | undefined {
    const expression = this.text(name);
    if (expression === undefined || expression.kind === 'literal') return expression?.text;
    const isPlace = partsOf(expression).every(({ kind }) => kind === 'literal' || kind === 'pseudo');
    return this.refuseUnknown(
      name,
      isPlace
        ? new Unknown(
            'it depends on where the stack is deployed',
            'say where the stack is, with `--account` and `--region`',
          )
        : new Unknown(
            'it contains a value that AWS chooses when the stack is deployed, such as the id of a key',
            'leave it to the template, or import the live account, where it is known',
          ),
    );
  }

  flag(name: string): boolean | undefined {
    const word = this.plainText(name)?.toLowerCase();
    if (word === undefined) return undefined;
    if (word === 'true' || word === 'yes' || word === 'on') return true;
    return word === 'false' || word === 'no' || word === 'off' ? false : this.refuse(name, '`true` or `false`');
  }

  wholeNumber(name: string, from: number, to: number): number | undefined {
    const digits = this.plainText(name);
    if (digits === undefined) return undefined;
    const number = Number(digits);
    const isInRange = /^[0-9]+$/.test(digits) && number >= from && number <= to;
    return isInRange ? number : this.refuse(name, `a whole number from ${from} to ${to}`);
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const text = this.plainText(name);
    if (text === undefined) return undefined;
    return words.find((word) => word === text) ?? this.refuse(name, `one of ${words.join(', ')}`);
  }

  /** Reads a policy that is required. */
  policy(kind: PolicyKind, name: string): PolicyDocument | undefined {
    const content = this.seen(name);
    return content === undefined ? this.refuse(name, 'a policy document') : this.document(kind, content, name);
  }

  /** Reads `content`, a policy that is the value of the property `name`, or part of that value. */
  document(kind: PolicyKind, content: SourceValue, name: string): PolicyDocument | undefined {
    const source = { resource: this.#entry.logicalId, span: this.#spanOf(name) };
    return this.#collector.take(readDocument(kind, content, source, this.#context));
  }

  refuse(name: string, expected: string): undefined {
    const { logicalId: resource } = this.#entry;
    this.#collector.add(report(unexpectedValue, this.#spanOf(name), { resource, property: name, expected }));
  }

  refuseUnknown(name: string, unknown: Unknown): undefined {
    const { logicalId: resource } = this.#entry;
    this.#collector.add(report(unknownValue, this.#spanOf(name), { resource, property: `\`${name}\``, ...unknown }));
  }

  #spanOf(name: string): Span {
    return this.#context.template.parsed.locations.valueSpan(this.#fields, name) ?? this.#entry.span;
  }
}
