import { principalReplaced } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { isPrincipal } from '../ir/is-principal.ts';
import type { Stack } from '../ir/program.ts';
import type { KnownStack, PrincipalNaming } from './inventory.ts';

/**
 * Reports roles, users and groups whose fixed name is new, has changed or is gone since the last build (KW5171). `known`: the stack in the
 * last build, in which it may have had another name.
 */
export function principalsAreKept(stack: Stack, known: KnownStack | undefined): readonly Diagnostic[] {
  const problems = stack.resources.flatMap((one) => {
    if (!isPrincipal(one)) return [];
    const naming = known?.principals?.[one.id];
    const { kind, name: principal, physicalName: name, source } = one;
    if (naming === undefined || isKept(naming, name)) return [];
    const before = typeof naming === 'string' ? undefined : naming.fixed;
    const names = { ...(name !== undefined && { name }), ...(before !== undefined && { before }) };
    return [report(principalReplaced, source.span, { kind, principal, stack: stack.name, ...names })];
  });
  return inStack(stack, problems);
}

/** Whether the last build had a role, user or group with this id, and the stack keeps the principal's name in IAM. */
export function keepsName(id: string, stack: Stack, known: KnownStack): boolean {
  const naming = known.principals?.[id];
  if (naming === undefined) return false;
  const principal = stack.resources.find((resource) => resource.id === id);
  return principal === undefined || !isPrincipal(principal) || isKept(naming, principal.physicalName);
}

function isKept(before: PrincipalNaming, name: string | undefined): boolean {
  if (before === 'generated') return name === undefined;
  return before === 'fixed' ? name !== undefined : name === before.fixed;
}
