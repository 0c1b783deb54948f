import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { evaluatedText, templateTooLarge } from './diagnostics.ts';
import { limits } from './limits.ts';
import { templateNameOf } from './names.ts';

/**
 * What CloudFormation would take in another way than it is meant (KW4101), and templates with more resources or outputs than
 * it takes (KW4102). What else counts shows only when a template is printed: see `checkTemplate`.
 */
export function checkStack(stack: Stack): readonly Diagnostic[] {
  const evaluated = [...stack.resources, ...stack.outputs].flatMap((part) =>
    evaluatedIn(part).map((text) => report(evaluatedText, part.source.span, { text })),
  );
  return [...evaluated, ...tooMany(stack)];
}

/** Dynamic references in any text of a resource or output, and conditions that would be intrinsic functions. */
function evaluatedIn(part: Resource | Stack['outputs'][number]): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.includes('{{resolve:')) found.push(value);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  const { source: _, ...said } = part;
  visit(said);
  if (!('kind' in part)) return found;
  const names = policiesOf(part).flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) => conditions.flatMap(({ operator, key }) => [operator, key])),
  );
  return [...found, ...names.filter((name) => /^(Ref$|Fn::)/.test(name))];
}

function policiesOf(resource: Resource): readonly PolicyDocument[] {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return [resource.policy];
    case 'role':
      return [resource.assumeRolePolicy];
    case 'identityPolicy':
      return [resource.document];
    default:
      return [];
  }
}

function tooMany(stack: Stack): readonly Diagnostic[] {
  const resources = new Map<string, number>();
  for (const resource of stack.resources) {
    const template = templateNameOf(resource, stack);
    resources.set(template, (resources.get(template) ?? 0) + 1);
  }
  const refuse = (template: string, count: number, limit: number, unit: string) =>
    count > limit
      ? [report(templateTooLarge, stack.span, { template, count: `${count} ${unit}`, limit: `${limit}` })]
      : [];
  return [
    ...[...resources].flatMap(([template, count]) => refuse(template, count, limits.resources, 'resources')),
    ...refuse(stack.name, stack.outputs.length + stack.exports.length, limits.outputs, 'outputs'),
  ];
}
