import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { cannotExpressInVersion } from '@keywright/core/diagnostics/target';
import type { Resource, Stack } from '@keywright/core/ir/program';

/** Keys that version 5 of the AWS provider cannot declare (KW4006). */
export function checkStack(stack: Stack, { provider }: { readonly provider: 5 | 6 }): readonly Diagnostic[] {
  if (provider === 6) return [];
  return stack.resources.filter(needsExternalKeySpec).map((resource) =>
    report(cannotExpressInVersion, resource.source.span, {
      target: 'Terraform with version 5 of the AWS provider',
      what: 'a key with imported material that is not SYMMETRIC_DEFAULT',
      remedy: 'set `provider: 6` under `targets.terraform`',
    }),
  );
}

/** Whether a resource is a key with imported material that is not a symmetric encryption key. */
export function needsExternalKeySpec(resource: Resource): boolean {
  return resource.kind === 'key' && resource.origin === 'EXTERNAL' && resource.spec !== 'SYMMETRIC_DEFAULT';
}
