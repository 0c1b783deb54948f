import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { cannotExpressInVersion } from '@keywright/core/diagnostics/target';
import { textsIn, unknownPlaceholders } from '@keywright/core/emit/deployment-text';
import type { Stack } from '@keywright/core/ir/program';
import { lostNamesOf } from './lost-names.ts';
import type { PulumiOptions } from './options.ts';

/** Reports names that Pulumi's SDK would lose or fail on (KW4006), and placeholders in options that have no value (KW4008). */
export function checkStack(
  stack: Stack,
  { assumeRole = '', defaultTags = {}, config = {} }: PulumiOptions,
): readonly Diagnostic[] {
  return [
    ...checkNames(stack),
    ...unknownPlaceholders([assumeRole], 'targets.pulumi.assumeRole', stack),
    ...unknownPlaceholders(Object.values(defaultTags), 'targets.pulumi.defaultTags', stack),
    // Keywright generates no settings for a stack without a list of environments.
    ...(stack.definition === undefined ? [] : unknownPlaceholders(textsIn(config), 'targets.pulumi.config', stack)),
  ];
}

function checkNames(stack: Stack): readonly Diagnostic[] {
  return stack.resources.flatMap((resource) =>
    lostNamesOf(resource, stack).map((what) =>
      report(cannotExpressInVersion, resource.source.span, {
        target: 'Pulumi with version 3 of its SDK',
        what,
        remedy: 'call it something else, or leave `pulumi` out of the `targets` of the stack',
      }),
    ),
  );
}
