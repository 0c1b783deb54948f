import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { needsKnownEnvironment } from '../diagnostics/resolve.ts';
import type { Expression } from '../ir/expression.ts';
import type { Grantee, StackModel } from '../resolve/model.ts';
import type { Span } from '../source/span.ts';

/**
 * Reports `${account}` or `${region}` in a grant that adds a policy to another stack, if the account or region of that stack is known
 * (KW2008). The placeholder would give the place of that stack instead of the place of the stack with the grant. `texts`: the values of the
 * conditions in the YAML, and the ARN of an imported key.
 */
export function placeIsKnownElsewhere(
  grantee: Grantee,
  texts: readonly Expression[],
  writtenIn: StackModel,
  keyStack: StackModel | undefined,
  span: Span,
): readonly Diagnostic[] {
  const all = [...texts, ...arnOf(grantee)];
  const holders = [keyStack, grantee.kind === 'created' ? grantee.created.stack : undefined];
  for (const name of ['account', 'region'] as const) {
    if (!all.some((text) => mentions(text, name))) continue;
    const holder = holders.find((stack) => stack !== writtenIn && stack?.environment[name] !== undefined);
    if (holder === undefined) continue;
    return [report(needsKnownEnvironment, span, { what: `\`\${${name}}\` in a policy of stack \`${holder.name}\`` })];
  }
  return [];
}

function arnOf(grantee: Grantee): readonly Expression[] {
  if (grantee.kind === 'existing') return [grantee.arn];
  return grantee.kind === 'outside' && grantee.principal.kind === 'aws' ? [grantee.principal.arn] : [];
}

function mentions(expression: Expression, name: 'account' | 'region'): boolean {
  if (expression.kind === 'concat') return expression.parts.some((part) => mentions(part, name));
  return expression.kind === 'pseudo' && expression.name === name;
}
