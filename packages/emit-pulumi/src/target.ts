import { deploymentText } from '@keywright/core/emit/deployment-text';
import type { Target } from '@keywright/core/emit/emitter';
import * as z from 'zod';
import { checkStack } from './check-stack.ts';
import { namesOf } from './names.ts';
import { programOutputs } from './outputs.ts';

/** `targets.pulumi` in keywright.yaml. */
const options = z.strictObject({
  organization: z.string().min(1).optional().meta({
    description:
      'The Pulumi organization that owns the stacks, for references between them. Absent: the one that runs the program (`pulumi.getOrganization()`).',
  }),
  stackName: z.string().min(1).optional().meta({
    description:
      'What the Pulumi stack of each project is called, for references between them. Absent: what the stack that runs the program is called (`pulumi.getStack()`), so that any name works as long as all projects use the same.',
  }),
  assumeRole: deploymentText.optional().meta({
    description: 'The ARN of the role that the providers assume, `arn:aws:iam::${account}:role/Deploy`.',
  }),
  defaultTags: z.record(z.string().min(1), deploymentText).optional().meta({
    description: 'Tags that the providers put on everything that they create; those of a key win.',
  }),
  templates: z.string().min(1).optional().meta({ description: "The folder of a team's own templates." }),
});

export type PulumiOptions = z.infer<typeof options>;

export const target: Target<PulumiOptions> = {
  name: 'pulumi',
  title: 'Pulumi',
  capabilities: {
    kmsGrants: true,
    // Pulumi makes up a name for what has none.
    namelessKmsGrants: false,
    origins: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
    sharesAcrossAccounts: true,
    sharesAcrossRegions: true,
  },
  pinnedName: {
    // `::` separates the parts of a URN, of which the name is one.
    pattern: /^(?!.*::)[^\p{C}\p{Z}]([^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u,
    rule: 'a Pulumi name has no "::", no control characters and no blanks at its ends',
  },
  options,
  renames: true,
  removesAsDeployed: true,
  nameOf(resource, stack) {
    const { type, name } = namesOf(stack).of(resource);
    return `${type}::${name}`;
  },
  addressesOf(resource, stack) {
    const { type, name } = namesOf(stack).of(resource);
    return [`${type}::${name}`, ...programOutputs.claimedBy(resource.id, stack).map((output) => `output ${output}`)];
  },
  problemsOf: checkStack,
  loadEmitter: async () => (await import('./emit.ts')).emitter,
};
