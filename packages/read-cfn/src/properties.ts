import { byName } from '@keywright/core/collections/by-name';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import { type Expression, partsOf } from '@keywright/core/ir/expression';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Tag } from '@keywright/core/ir/program';
import { readPolicy } from '@keywright/core/reading/read-policy';
import { Computed, expressionOf, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import type { Span } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { unexpectedProperty, unexpectedValue } from './diagnostics.ts';
import type { Entry } from './entries.ts';
import type { Evaluator } from './evaluate/evaluate.ts';
import { parsedJson } from './evaluate/text.ts';
import type { Template } from './template.ts';

/** A policy in the `Policies` property of its role, user or group. */
export interface InlinePolicy {
  readonly policyName: Expression;
  readonly document: PolicyDocument;
}

/**
 * Reads a resource's properties. Whatever cannot be read is reported to `problems`, and the resource is then left out,
 * so the placeholder returned instead does not matter.
 */
export interface Properties {
  readonly span: Span;
  readonly problems: readonly Diagnostic[];
  /** The known part of a property; unknown parts are not reported. */
  readonly seen: (name: string) => SourceValue | undefined;
  readonly value: (name: string) => SourceValue | undefined;
  readonly text: (name: string) => Expression | undefined;
  /** Required text. */
  readonly requiredText: (name: string, expected: string) => Expression | undefined;
  /** Text known before the deployment. */
  readonly plainText: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean | undefined;
  readonly wholeNumber: (name: string, from: number, to: number) => number | undefined;
  readonly oneOf: <Word extends string>(name: string, words: readonly Word[]) => Word | undefined;
  readonly tags: () => readonly Tag[];
  /** The same, for the types whose `Tags` are a mapping of names to values. */
  readonly mappedTags: () => readonly Tag[];
  readonly policy: (kind: 'key' | 'identity' | 'trust', name: string) => PolicyDocument | undefined;
  /** The inline policies of a role, user or group. */
  readonly inlinePolicies: () => readonly InlinePolicy[];
  /** Reports a value of the wrong kind. */
  readonly refuse: (name: string, expected: string) => undefined;
  readonly refuseUnknown: (name: string, unknown: Unknown) => undefined;
}

/** `names`: every property that is read; others are reported. */
export function propertiesOf(
  entry: Entry,
  names: readonly string[],
  template: Template,
  evaluator: Evaluator,
  partition: Expression,
): Properties {
  const { logicalId: resource, body } = entry;
  const { locations } = template.parsed;
  const problems: Diagnostic[] = [];
  const raw = body.Properties ?? {};
  const fields = isMapping(raw) ? raw : {};
  const refuse = (name: string, expected: string): undefined => {
    const span = locations.valueSpan(fields, name) ?? entry.span;
    problems.push(report(unexpectedValue, span, { resource, property: name, expected }));
  };
  const refuseUnknown = (name: string, unknown: Unknown): undefined => {
    const span = locations.valueSpan(fields, name) ?? entry.span;
    problems.push(report(unknownValue, span, { resource, property: `\`${name}\``, ...unknown }));
  };
  if (!isMapping(raw)) refuse('Properties', 'a mapping');
  for (const property of Object.keys(fields)) {
    if (names.includes(property)) continue;
    problems.push(report(unexpectedProperty, locations.keySpan(fields, property), { resource, property }));
  }

  const value = (name: string): SourceValue | undefined => {
    const evaluated = evaluator.at(fields, name);
    return evaluated instanceof Unknown ? refuseUnknown(name, evaluated) : evaluated;
  };
  const text = (name: string): Expression | undefined => {
    const list = value(name);
    return list === undefined ? undefined : (expressionOf(list) ?? refuse(name, 'text'));
  };
  const plainText = (name: string): string | undefined => {
    const expression = text(name);
    if (expression === undefined || expression.kind === 'literal') return expression?.text;
    const isPlace = partsOf(expression).every(({ kind }) => kind === 'literal' || kind === 'pseudo');
    return refuseUnknown(
      name,
      isPlace
        ? new Unknown('it depends on where it is deployed', 'say where the stack is, with `--account` and `--region`')
        : new Unknown(
            'it contains what AWS chooses when the stack is deployed, such as the id of a key',
            'leave it to the template, or import the live account, where it is known',
          ),
    );
  };

  /** The unknown parts of a value: each reason once, with its span. */
  const unknownsIn = (whole: SourceValue, start: Span): readonly (readonly [Unknown, Span])[] => {
    const unknowns = new Map<string, readonly [Unknown, Span]>();
    const visit = (inner: SourceValue, innerSpan: Span): void => {
      if (inner instanceof Unknown && !unknowns.has(inner.reason)) unknowns.set(inner.reason, [inner, innerSpan]);
      if (typeof inner !== 'object' || inner === null || inner instanceof Unknown || inner instanceof Computed) return;
      const source = evaluator.sourceOf(inner);
      const around = (source && locations.spanOf(source)) ?? innerSpan;
      for (const [key, child] of Object.entries(inner as Readonly<Record<string, SourceValue>>))
        visit(child, (source && !Array.isArray(inner) && locations.valueSpan(source, key)) || around);
    };
    visit(whole, start);
    return [...unknowns.values()];
  };

  const documentIn = (
    kind: 'key' | 'identity' | 'trust',
    content: SourceValue,
    name: string,
  ): PolicyDocument | undefined => {
    const span = locations.valueSpan(fields, name) ?? entry.span;
    // Report all of them; reading would stop at the first.
    const unknowns = unknownsIn(content, span);
    for (const [unknown, unknownSpan] of unknowns)
      problems.push(report(unknownValue, unknownSpan, { resource, property: 'the policy', ...unknown }));
    if (unknowns.length > 0) return undefined;
    const { value: document, diagnostics } = readPolicy(kind, {
      document: parsedJson(content),
      resource,
      span,
      spanOf: (statement) => {
        const source = evaluator.sourceOf(statement);
        return source && locations.spanOf(source);
      },
      partition,
    });
    problems.push(...diagnostics);
    return document;
  };

  return {
    span: entry.span,
    problems,
    seen: (name) => evaluator.at(fields, name),
    value,
    text,
    requiredText: (name, expected) => (evaluator.at(fields, name) === undefined ? refuse(name, expected) : text(name)),
    plainText,
    refuse,
    refuseUnknown,
    flag(name) {
      const word = plainText(name)?.toLowerCase();
      if (word === undefined) return undefined;
      if (word === 'true' || word === 'yes' || word === 'on') return true;
      return word === 'false' || word === 'no' || word === 'off' ? false : refuse(name, '`true` or `false`');
    },
    wholeNumber(name, from, to) {
      const digits = plainText(name);
      if (digits === undefined) return undefined;
      const number = Number(digits);
      const isInRange = /^[0-9]+$/.test(digits) && number >= from && number <= to;
      return isInRange ? number : refuse(name, `a whole number from ${from} to ${to}`);
    },
    oneOf(name, words) {
      const text = plainText(name);
      if (text === undefined) return undefined;
      return words.find((word) => word === text) ?? refuse(name, `one of ${words.join(', ')}`);
    },
    tags() {
      const written = value('Tags');
      if (written === undefined) return [];
      const list = Array.isArray(written) ? (written as readonly SourceValue[]) : undefined;
      const tags: Tag[] = [];
      for (const tag of list ?? [null]) {
        const members = typeof tag === 'object' && tag !== null && !(tag instanceof Computed) ? tag : {};
        const { Key, Value } = members as Readonly<Record<string, SourceValue>>; // an Unknown has neither
        const unknown = [tag, Key, Value].find((one) => one instanceof Unknown);
        const name = expressionOf(Key);
        const content = expressionOf(Value);
        if (unknown !== undefined) refuseUnknown('Tags', unknown);
        else if (name?.kind !== 'literal' || content === undefined) refuse('Tags', 'a list of `Key` and `Value`');
        else tags.push({ name: name.text, value: content });
      }
      return tags.sort(byName);
    },
    mappedTags() {
      const written = value('Tags');
      if (written === undefined) return [];
      if (written instanceof Unknown) return refuseUnknown('Tags', written) ?? [];
      if (written instanceof Computed || !isMapping(written))
        return refuse('Tags', 'a mapping of names to texts') ?? [];
      const tags = Object.entries(written).flatMap(([name, tag]): Tag[] => {
        const content = expressionOf(tag as SourceValue);
        if (tag instanceof Unknown) refuseUnknown('Tags', tag);
        else if (content === undefined) refuse('Tags', 'a mapping of names to texts');
        return content === undefined ? [] : [{ name, value: content }];
      });
      return tags.sort(byName);
    },
    policy(kind, name) {
      const document = evaluator.at(fields, name);
      return document === undefined ? refuse(name, 'a policy document') : documentIn(kind, document, name);
    },
    inlinePolicies() {
      const policies = value('Policies');
      if (policies === undefined) return [];
      const list = Array.isArray(policies) ? (policies as readonly SourceValue[]) : [null];
      return list.flatMap((one) => {
        const members = typeof one === 'object' && one !== null && !(one instanceof Computed) ? one : {};
        const { PolicyName, PolicyDocument: content } = members as Readonly<Record<string, SourceValue>>; // an Unknown has neither
        const policyName = expressionOf(PolicyName);
        if (policyName === undefined || content === undefined) {
          refuse('Policies', 'a list of `PolicyName` and `PolicyDocument`');
          return [];
        }
        const document = documentIn('identity', content, 'Policies');
        return document === undefined ? [] : [{ policyName, document }];
      });
    },
  };
}
