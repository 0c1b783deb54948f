import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Output } from '../ir/program.ts';
import { keyPlaceholders, keyReference } from '../policy/key-reference.ts';
import { entries, property } from '../project/located.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { StackModel } from '../resolve/model.ts';
import type { Links } from '../stacks/links.ts';

/** The outputs that a stack asks for. A reference to a key, import or attribute that does not exist is KW2010. */
export function synthesiseOutputs(stack: StackModel, links: Links, diagnostics: Diagnostic[]): readonly Output[] {
  return entries(property(stack.definition, 'outputs')).map((definition) => {
    const lookup = (placeholder: string) => keyReference(placeholder, definition, stack, links, diagnostics);
    return {
      name: definition.name,
      value: interpolate(definition, stack.place, diagnostics, lookup, keyPlaceholders),
      source: { span: definition.nameSpan },
    };
  });
}
