import { principalReplaced } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Stack } from '../ir/program.ts';
import type { KnownStack } from './inventory.ts';

/** Reports roles, users and groups that the last build left to the tools to name and that have a fixed name now, or the reverse (KW5171). */
export function principalsAreKept(stack: Stack, known: KnownStack | undefined): readonly Diagnostic[] {
  const problems = stack.resources.flatMap((one) => {
    if (one.kind !== 'role' && one.kind !== 'user' && one.kind !== 'group') return [];
    const before = known?.principals?.[one.id];
    const { kind, name: principal, physicalName: name, source } = one;
    if (before === undefined || (before === 'fixed') === (name !== undefined)) return [];
    const parameters = { kind, principal, stack: stack.name, ...(name !== undefined && { name }) };
    return [report(principalReplaced, source.span, parameters)];
  });
  return inStack(stack, problems);
}
