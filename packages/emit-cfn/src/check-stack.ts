import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { disabledBeforeMaterial } from '@keywright/core/diagnostics/target';
import { policiesOf } from '@keywright/core/ir/policies-of';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { evaluatedText, templateTooLarge } from './diagnostics.ts';
import { limits } from './limits.ts';
import { planTemplates } from './template/plan.ts';

/**
 * Reports text that CloudFormation would interpret (KW4101), templates with too many resources, parameters or outputs (KW4102), and keys
 * that CloudFormation cannot disable yet (KW4007). The length of a template is known only once the template is printed: see
 * `checkTemplate`.
 */
export function checkStack(stack: Stack): readonly Diagnostic[] {
  const evaluated = [...stack.resources, ...stack.outputs].flatMap((part) =>
    evaluatedIn(part).map((text) => report(evaluatedText, part.source.span, { text })),
  );
  return [...evaluated, ...tooMany(stack), ...stack.resources.flatMap(disabledTooEarly)];
}

/** DisableKey fails on a key that waits for its material. */
function disabledTooEarly(resource: Resource): readonly Diagnostic[] {
  if (resource.kind !== 'key' && resource.kind !== 'replicaKey') return [];
  const { origin, enabled, source, name } = resource;
  return origin === 'EXTERNAL' && !enabled ? [report(disabledBeforeMaterial, source.span, { key: name })] : [];
}

/**
 * Returns dynamic references in any text of a resource or output, and operators and keys of conditions that CloudFormation would take for
 * intrinsic functions.
 */
function evaluatedIn(part: Resource | Stack['outputs'][number]): readonly string[] {
  const texts: string[] = [];
  addDynamicReferences(part, texts);
  if (!('kind' in part)) return texts;
  for (const { statements } of policiesOf(part)) {
    for (const { conditions } of statements) {
      for (const { operator, key } of conditions) texts.push(...[operator, key].filter(isIntrinsicFunction));
    }
  }
  return texts;
}

function isIntrinsicFunction(name: string): boolean {
  return name === 'Ref' || name.startsWith('Fn::');
}

function addDynamicReferences(value: unknown, texts: string[]): void {
  if (typeof value === 'string') {
    if (value.includes('{{resolve:')) texts.push(value);
  } else if (Array.isArray(value)) {
    for (const element of value) addDynamicReferences(element, texts);
  } else if (typeof value === 'object' && value !== null) {
    // A `source` is a span in the YAML, and no part of the template.
    for (const name in value) {
      if (name !== 'source') addDynamicReferences(value[name as keyof typeof value], texts);
    }
  }
}

function tooMany(stack: Stack): readonly Diagnostic[] {
  return planTemplates(stack).flatMap(({ name, resources, parameters, outputs }) =>
    [
      { count: resources.length, limit: limits.resources, unit: 'resources' },
      { count: parameters.length, limit: limits.parameters, unit: 'parameters' },
      { count: outputs.length, limit: limits.outputs, unit: 'outputs' },
    ]
      .filter(({ count, limit }) => count > limit)
      .map(({ count, limit, unit }) =>
        report(templateTooLarge, stack.span, { template: name, count: `${count} ${unit}`, limit: `${limit}` }),
      ),
  );
}
