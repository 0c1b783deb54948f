import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Output } from '../ir/program.ts';
import { keyPlaceholders, keyReference } from '../policy/key-reference.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { StackModel } from '../resolve/model.ts';
import type { Links } from '../stacks/links.ts';

/** The outputs of a stack. A reference to a missing key, import or attribute is KW2010. */
export function synthesiseOutputs(stack: StackModel, links: Links): Result<readonly Output[]> {
  const collector = createCollector();
  const outputs = stack.sections.outputs.map((definition) => {
    const lookup = (placeholder: string) => collector.take(keyReference(placeholder, definition, stack, links));
    return {
      name: definition.name,
      value: collector.take(interpolate(definition, stack.place, lookup, keyPlaceholders)),
      source: { span: definition.nameSpan },
    };
  });
  return collector.result(outputs);
}
