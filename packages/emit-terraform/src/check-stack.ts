import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { cannotExpressInVersion } from '@keywright/core/diagnostics/target';
import { textsIn, unknownPlaceholders } from '@keywright/core/emit/deployment-text';
import type { Stack } from '@keywright/core/ir/program';
import type { TerraformOptions } from './options.ts';
import { type ProviderMajor, providerNeedsOf } from './provider-needs.ts';

/**
 * Reports properties that the chosen version of the AWS provider cannot declare (KW4006), and placeholders in options that have no value
 * (KW4008).
 */
export function checkStack(stack: Stack, options: TerraformOptions): readonly Diagnostic[] {
  return [...checkVersion(stack, options.provider), ...checkPlaceholders(stack, options)];
}

function checkVersion(stack: Stack, provider: ProviderMajor): readonly Diagnostic[] {
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

function checkPlaceholders(
  stack: Stack,
  { providerSettings, backend, assumeRole, defaultTags }: TerraformOptions,
): readonly Diagnostic[] {
  return Object.entries({ providerSettings, backend, assumeRole, defaultTags }).flatMap(([name, option]) =>
    unknownPlaceholders(textsIn(option), `targets.terraform.${name}`, stack),
  );
}
