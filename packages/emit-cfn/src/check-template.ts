import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Span } from '@keywright/core/source/span';
import { evaluatedText, templateTooLarge } from './diagnostics.ts';
import type { Template } from './template/template.ts';
import { isList, type Value } from './template/value.ts';

/** Source: CloudFormation User Guide, "Understand CloudFormation quotas". */
const limits = { resources: 500, parameters: 200, outputs: 200, bytes: 1_000_000 } as const;

/**
 * What CloudFormation would understand in another way than it is meant (KW4101), and what it would refuse for its size
 * (KW4102). `content` is the template's text, `path` its name in messages, `span` where its stack is defined.
 */
export function checkTemplate(template: Template, content: string, path: string, span: Span): readonly Diagnostic[] {
  const evaluated = [
    ...template.resources.map(({ properties, source }) => ({ properties, span: source.span })),
    ...template.outputs.map(({ properties, source }) => ({ properties, span: source?.span ?? span })),
  ].flatMap((part) => evaluatedIn(part.properties).map((text) => report(evaluatedText, part.span, { text })));

  const sizes = [
    { count: template.resources.length, limit: limits.resources, unit: 'resources' },
    { count: template.parameters.length, limit: limits.parameters, unit: 'parameters' },
    { count: template.outputs.length, limit: limits.outputs, unit: 'outputs' },
    { count: Buffer.byteLength(content), limit: limits.bytes, unit: 'bytes' },
  ];
  const tooLarge = sizes
    .filter(({ count, limit }) => count > limit)
    .map(({ count, limit, unit }) =>
      report(templateTooLarge, span, { template: path, count: `${count} ${unit}`, limit: `${limit}` }),
    );
  return [...evaluated, ...tooLarge];
}

function evaluatedIn(value: Value): readonly string[] {
  const found: string[] = [];
  collectEvaluated(value, found);
  return found;
}

function collectEvaluated(value: Value, found: string[]): void {
  if (typeof value === 'string') {
    if (value.includes('{{resolve:')) found.push(value);
  } else if (typeof value !== 'object') {
    return;
  } else if (isList(value)) {
    for (const item of value) collectEvaluated(item, found);
  } else if (value.kind === 'map') {
    for (const [key, entry] of value.entries) {
      if (value.entries.length === 1 && /^(Ref$|Fn::)/.test(key)) found.push(key);
      collectEvaluated(key, found);
      collectEvaluated(entry, found);
    }
  } else if (value.kind === 'sub' || value.kind === 'join') {
    for (const part of value.parts) collectEvaluated(part, found);
  }
}
