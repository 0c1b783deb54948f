import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { type Expression, partsOf } from '@keywright/core/ir/expression';
import type { Output, Resource } from '@keywright/core/ir/program';
import { onlyTerraform } from './diagnostics.ts';
import type { Draft } from './draft.ts';
import { hasMark } from './hcl/marks.ts';
import type { Made } from './nodes.ts';
import type { SourceOutput } from './source/resource.ts';

/**
 * Returns the outputs of a stack. First come the outputs whose values are in SSM parameters, then the outputs of the root module that name
 * something in the stack or, in the main stack, a key outside the stack. A sensitive output is kept only if its whole value refers to one
 * resource, because other sensitive text is never copied.
 */
export function outputsOf(
  { outputs, isMain }: Draft,
  { references, resources }: Made,
  ofParameters: readonly Output[],
): readonly Output[] {
  const aliases = new Set([...resources.values()].flatMap((one) => (one.kind === 'alias' ? [one.aliasName] : [])));
  const readOutputs = outputs.flatMap(({ name, value: text, description, sensitive, span }): readonly Output[] => {
    if (typeof text !== 'string') return [];
    const value = references.restored(text, `output ${name}`);
    const isNamed = hasReference(value) || aliases.has(text);
    const isForeign = isMain && /^arn:[^:\s]+:kms:\S+$/.test(text);
    if (!(isNamed || isForeign) || (sensitive && value.kind !== 'reference') || hasMark(JSON.stringify(value)))
      return [];
    return [{ name, value, ...(description && { description }), source: { span } }];
  });
  const readByName = new Map(readOutputs.map((output) => [output.name, output]));
  const others = ofParameters.map((output) => {
    const { description } = readByName.get(output.name) ?? {};
    return { ...output, ...(description !== undefined && { description }) };
  });
  const taken = new Set(others.map(({ name }) => name));
  return [...others, ...readOutputs.filter(({ name }) => !taken.has(name))];
}

function hasReference(value: Expression): boolean {
  return partsOf(value).some(({ kind }) => kind === 'reference');
}

/** Reports the parts of kept outputs that have an effect only in Terraform. */
export function onlyTerraformOf(outputs: readonly SourceOutput[], kept: readonly Output[]): readonly Diagnostic[] {
  const names = new Set(kept.map(({ name }) => name));
  return outputs
    .filter(({ name }) => names.has(name))
    .flatMap(({ name, sensitive, span, onlyTerraform: parts }) =>
      [...(sensitive ? [{ part: 'sensitive', effect: 'guides', span } as const] : []), ...parts].map((one) =>
        report(onlyTerraform, one.span, { part: one.part, resource: `output.${name}`, effect: one.effect }),
      ),
    );
}

/** Returns the output whose value is in a parameter. */
export function outputOf(resource: Resource): readonly Output[] {
  if (resource.kind !== 'sharedParameter' || resource.output === undefined) return [];
  return [{ name: resource.output, value: resource.value, source: resource.source }];
}
