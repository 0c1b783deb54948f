import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { cannotExpressInVersion } from '@keywright/core/diagnostics/target';
import type { Stack } from '@keywright/core/ir/program';
import { type ProviderMajor, providerNeedsOf } from './provider-needs.ts';

/** What the chosen version of the AWS provider cannot declare (KW4006). */
export function checkStack(stack: Stack, { provider }: { readonly provider: ProviderMajor }): readonly Diagnostic[] {
  return stack.resources.flatMap((resource) => {
    const unmet = providerNeedsOf(resource).find(({ since }) => since[provider] === undefined);
    if (unmet === undefined) return [];
    return report(cannotExpressInVersion, resource.source.span, {
      target: `Terraform with version ${provider} of the AWS provider`,
      what: unmet.what,
      remedy: 'set `provider: 6` under `targets.terraform`',
    });
  });
}
