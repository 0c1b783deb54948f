import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { spanIn } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import type { Span } from '@keywright/core/source/span';
import { templateTooLarge, textTooLong } from './diagnostics.ts';
import { limits } from './limits.ts';
import { logicalIdOf } from './names.ts';
import type { Template } from './template/template.ts';
import type { TemplatePlan } from './template/template-plan.ts';

/**
 * Reports a template that CloudFormation would refuse for its length or its parameters (KW4102). `path` is the template's name in messages,
 * and `span` is where the template's stack is defined.
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

/** Reports values of deployments that are too long for a parameter of the template (KW4103), at the span of the value in the YAML. */
export function checkValues({ scope, program }: TemplatePlan): readonly Diagnostic[] {
  const { nameOf, differences } = scope;
  return program.deployments.flatMap((stack) =>
    [...differences.valuesOf(stack)].flatMap(([name, value]) => {
      const text = String(value);
      const bytes = Buffer.byteLength(text);
      if (bytes <= limits.parameterBytes) return [];
      const subject = differences.declared().find((one) => one.name === name)?.words[0];
      const described = keyDescribedBy(text, stack, subject);
      const what = described === undefined ? `\`${nameOf(name)}\`` : `the \`description\` of \`${described.name}\``;
      const parameters = { what, stack: stack.name, bytes, limit: limits.parameterBytes };
      return [report(textTooLong, described?.span ?? stack.span, parameters)];
    }),
  );
}

/** Returns the key or replica with this description, preferably the one with the logical id `subject`, and the span of the text. */
function keyDescribedBy(
  text: string,
  { resources }: Stack,
  subject: string | undefined,
): { readonly name: string; readonly span: Span } | undefined {
  const keys = resources.flatMap((resource) => {
    if (resource.kind !== 'key' && resource.kind !== 'replicaKey') return [];
    const { description, name, source } = resource;
    if (description?.kind !== 'literal' || description.text !== text) return [];
    return [{ name, span: spanIn(description) ?? source.span, logicalId: logicalIdOf(resource) }];
  });
  return keys.find(({ logicalId }) => logicalId === subject) ?? keys[0];
}
