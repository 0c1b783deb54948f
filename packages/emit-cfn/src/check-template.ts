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
  if (typeof value === 'string') return value.includes('{{resolve:') ? [value] : [];
  if (typeof value !== 'object') return [];
  if (isList(value)) return value.flatMap(evaluatedIn);
  switch (value.kind) {
    case 'map': {
      const [only, another] = value.entries;
      const looksLikeFunction = only !== undefined && another === undefined && /^(Ref$|Fn::)/.test(only[0]);
      const keys = value.entries.flatMap(([key]) => evaluatedIn(key));
      return [
        ...(looksLikeFunction ? [only[0]] : []),
        ...keys,
        ...value.entries.flatMap(([, entry]) => evaluatedIn(entry)),
      ];
    }
    case 'sub':
    case 'join':
      return value.parts.flatMap((part) => evaluatedIn(part));
    case 'ref':
    case 'getAtt':
    case 'importValue':
      return [];
  }
}
