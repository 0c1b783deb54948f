import { report } from '@keywright/core/diagnostics/diagnostic';
import { unknownValue } from '@keywright/core/diagnostics/reading';
import type { Result } from '@keywright/core/diagnostics/result';
import type { Expression } from '@keywright/core/ir/expression';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import { readPolicy } from '@keywright/core/reading/read-policy';
import { Computed, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import type { Span } from '@keywright/core/source/span';
import type { Evaluator } from './evaluate/evaluate.ts';
import { parsedJson } from './evaluate/text.ts';
import type { StackTags } from './parameters.ts';
import type { Template } from './template.ts';

export type PolicyKind = 'key' | 'identity' | 'trust';

export interface PropertyContext {
  readonly template: Template;
  readonly evaluator: Evaluator;
  readonly partition: Expression;
  readonly stackTags: () => StackTags | Unknown;
}

/** Reads a policy; `undefined` if parts of it are unknown or invalid. */
export function readDocument(
  kind: PolicyKind,
  content: SourceValue,
  source: { readonly resource: string; readonly span: Span },
  context: PropertyContext,
): Result<PolicyDocument | undefined> {
  // Reports every unknown part, because reading would stop at the first.
  const unknowns = unknownsIn(content, source.span, context);
  if (unknowns.length > 0)
    return {
      value: undefined,
      diagnostics: unknowns.map(([unknown, span]) =>
        report(unknownValue, span, { resource: source.resource, property: 'the policy', ...unknown }),
      ),
    };
  return readPolicy(kind, {
    document: parsedJson(content),
    ...source,
    spanOf: (statement) => spanOf(statement, context),
    partition: context.partition,
  });
}

/** Returns the unknown parts of a value, one for each reason. `start` is the span of the value. */
function unknownsIn(
  content: SourceValue,
  start: Span,
  context: PropertyContext,
): readonly (readonly [Unknown, Span])[] {
  const { locations } = context.template.parsed;
  const unknowns = new Map<string, readonly [Unknown, Span]>();
  const visit = (value: SourceValue, span: Span): void => {
    if (value instanceof Unknown && !unknowns.has(value.reason)) unknowns.set(value.reason, [value, span]);
    if (typeof value !== 'object' || value === null || value instanceof Unknown || value instanceof Computed) return;
    const source = context.evaluator.sourceOf(value);
    const around = spanOf(value, context) ?? span;
    for (const [key, child] of Object.entries(value as Readonly<Record<string, SourceValue>>))
      visit(child, (source && !Array.isArray(value) && locations.valueSpan(source, key)) || around);
  };
  visit(content, start);
  return [...unknowns.values()];
}

/** The span of a mapping or list in the template; `undefined` if a function made it. */
function spanOf(value: SourceValue, { evaluator, template }: PropertyContext): Span | undefined {
  const source = evaluator.sourceOf(value);
  return source && template.parsed.locations.spanOf(source);
}
