import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Span } from '@keywright/core/source/span';
import { templateTooLarge, textTooLong } from './diagnostics.ts';
import { limits } from './limits.ts';
import type { Template } from './template/template.ts';
import type { TemplatePlan } from './template/template-plan.ts';

/**
 * Reports a template that CloudFormation would refuse for its length or its parameters (KW4102). `path`: its name in
 * messages; `span`: where its stack is defined.
 */
export function checkTemplate(
  { parameters }: Template,
  content: string,
  path: string,
  span: Span,
): readonly Diagnostic[] {
  const bytes = Buffer.byteLength(content);
  const counts = [
    { count: bytes, limit: limits.bytes, unit: 'bytes' },
    { count: parameters.length, limit: limits.parameters, unit: 'parameters' },
  ];
  return counts
    .filter(({ count, limit }) => count > limit)
    .map(({ count, limit, unit }) =>
      report(templateTooLarge, span, { template: path, count: `${count} ${unit}`, limit: `${limit}` }),
    );
}

/** Reports values of deployments that are too long for the parameters of their template (KW4103). */
export function checkValues({ scope, program }: TemplatePlan): readonly Diagnostic[] {
  const { nameOf, differences } = scope;
  return program.deployments.flatMap((stack) =>
    [...differences.valuesOf(stack)].flatMap(([name, value]) => {
      const bytes = Buffer.byteLength(String(value));
      if (bytes <= limits.parameterBytes) return [];
      const parameters = { parameter: nameOf(name), stack: stack.name, bytes, limit: limits.parameterBytes };
      return [report(textTooLong, stack.span, parameters)];
    }),
  );
}
