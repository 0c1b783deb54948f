import type { Target } from '@keywright/core/emit/emitter';
import * as z from 'zod';
import { namesOf } from './names.ts';

/** `targets.pulumi` in keywright.yaml. */
const options = z.strictObject({
  /**
   * The Pulumi organization that owns the stacks, for references between them. Absent: the organization that runs the
   * program (`pulumi.getOrganization()`).
   */
  organization: z.string().min(1).optional(),
  /**
   * What the Pulumi stack of each generated project is called, for references between them. Absent: what the stack that
   * runs the program is called (`pulumi.getStack()`), so that any name works as long as all projects use the same.
   */
  stackName: z.string().min(1).optional(),
  /** The folder of a team's own templates. */
  templates: z.string().min(1).optional(),
});

export type PulumiOptions = z.infer<typeof options>;

export const target: Target<PulumiOptions> = {
  name: 'pulumi',
  title: 'Pulumi',
  capabilities: {
    kmsGrants: true,
    origins: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
    sharesAcrossAccounts: true,
    sharesAcrossRegions: true,
  },
  options,
  addressesOf(resource, stack) {
    const { variable, type, name } = namesOf(stack).of(resource);
    return [`const ${variable}`, `${type}::${name}`];
  },
};
