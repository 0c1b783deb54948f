import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Span } from '@keywright/core/source/span';
import { templateTooLarge } from './diagnostics.ts';
import { limits } from './limits.ts';
import type { Template } from './template/template.ts';

/**
 * What CloudFormation would refuse for its size (KW4102). `content` is the template's text, `path` its name in messages,
 * `span` where its stack is defined.
 */
export function checkTemplate(template: Template, content: string, path: string, span: Span): readonly Diagnostic[] {
  return [
    { count: template.resources.length, limit: limits.resources, unit: 'resources' },
    { count: template.parameters.length, limit: limits.parameters, unit: 'parameters' },
    { count: template.outputs.length, limit: limits.outputs, unit: 'outputs' },
    { count: Buffer.byteLength(content), limit: limits.bytes, unit: 'bytes' },
  ]
    .filter(({ count, limit }) => count > limit)
    .map(({ count, limit, unit }) =>
      report(templateTooLarge, span, { template: path, count: `${count} ${unit}`, limit: `${limit}` }),
    );
}
