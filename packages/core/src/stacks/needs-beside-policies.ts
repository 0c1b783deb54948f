import { literal } from '../ir/expression.ts';
import type { OutputDefinition } from '../language/output.ts';
import { type Located, type Named, property, retyped } from '../project/located.ts';
import { interpolate } from '../resolve/interpolate.ts';
import { granteesOfKmsGrants, keysOf, type StackModel } from '../resolve/model.ts';
import type { Span } from '../source/span.ts';
import type { Links } from './links.ts';

/**
 * Adds to `links` which stacks are deployed after others for something other than a policy: an output, an alias or a KMS grant that uses the
 * key of another stack, and a KMS grant to a principal that another stack creates. Whether a key policy can name a principal of another
 * stack depends on this order.
 */
export function addNeedsBesidePolicies(stacks: readonly StackModel[], links: Links): void {
  for (const stack of stacks) {
    const imports = [...stack.imports.values()];
    const shown = importsInOutputs(stack);
    for (const imported of imports) {
      if (imported.kind !== 'key') continue;
      const [alias] = imported.aliases;
      const [kmsGrant] = imported.kmsGrants;
      const span = alias?.source.span ?? kmsGrant?.definition.nameSpan ?? shown.get(imported.name);
      if (span === undefined) continue;
      const { name, stack: to } = imported.key;
      links.after(stack, { to, reason: `it uses the key \`${name}\``, span });
    }
    for (const grantee of granteesOfKmsGrants([...keysOf(stack), ...imports].flatMap(({ kmsGrants }) => kmsGrants))) {
      if (grantee.kind !== 'created') continue;
      const { created, span } = grantee;
      links.after(stack, { to: created.stack, reason: `a KMS grant in it names \`${created.name}\``, span });
    }
  }
}

/** The imports whose ARN or id an output of the stack shows, by name, each with the span of the output. */
function importsInOutputs({ sections, place }: StackModel): ReadonlyMap<string, Span> {
  const shown = new Map<string, Span>();
  for (const definition of sections.outputs) {
    const text = textOf(definition);
    interpolate(text, place, (placeholder) => {
      const [, name] = /^imports\.([^.]+)\.(?:arn|id)$/.exec(placeholder) ?? [];
      if (name !== undefined) shown.set(name, text.span);
      return literal('');
    });
  }
  return shown;
}

function textOf(definition: Named<OutputDefinition>): Located<string> {
  const { value: output } = definition;
  if (typeof output === 'string') return retyped(definition, output);
  return property(retyped(definition, output), 'value') ?? retyped(definition, output.value);
}
