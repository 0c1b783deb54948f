import { deploymentText } from '@keywright/core/emit/deployment-text';
import * as z from 'zod';

/** `targets.pulumi` in keywright.yaml. */
export const options = z.strictObject({
  organization: z.string().min(1).optional().meta({
    description:
      'The Pulumi organization that owns the stacks, for references between them. Absent: the one that runs the program (`pulumi.getOrganization()`).',
  }),
  stackName: z.string().min(1).optional().meta({
    description:
      'What the Pulumi stack of each project is called, for references between them; where a stack has a list of environments, each has a Pulumi stack of its name instead. Absent: what the stack that runs the program is called (`pulumi.getStack()`), so that any name works as long as all projects use the same; to a stack with a list of environments, the name of the other one’s environment.',
  }),
  assumeRole: deploymentText.optional().meta({
    description:
      'The ARN of the role that the providers assume, `arn:aws:iam::${account}:role/Deploy`. Absent: the `deployRole` of the environment or account.',
  }),
  defaultTags: z.record(z.string().min(1), deploymentText).optional().meta({
    description: 'Tags that the providers put on everything that they create; those of a key win.',
  }),
  templates: z.string().min(1).optional().meta({ description: "The folder of a team's own templates." }),
});

export type PulumiOptions = z.infer<typeof options>;
