import { deploymentText } from '@keywright/core/emit/deployment-text';
import * as z from 'zod';

const setting = z.union([deploymentText, z.number(), z.boolean(), z.array(deploymentText)]);

/** Settings that are generated whatever `config` says. */
const written = ['aws:region', 'aws:allowedAccountIds', 'aws:assumeRoles', 'aws:defaultTags'];

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
  config: z
    .record(
      z.string().regex(/^[A-Za-z0-9_.-]+:[A-Za-z0-9_.:-]+$/, {
        error: 'a setting of Pulumi is named with its namespace, such as `aws:maxRetries`',
      }),
      z.union([setting, z.record(z.string(), setting)]),
    )
    .refine((config) => Object.keys(config).every((name) => !written.includes(name)), {
      error: `${written.map((name) => `\`${name}\``).join(', ')} follow from the environment and from \`assumeRole\` and \`defaultTags\``,
    })
    .optional()
    .meta({
      description:
        'Further settings for `Pulumi.<environment>.yaml` of each stack that has a list of environments: `aws:maxRetries: 10`, `aws:profile: "kms-${environment}"`. Those of the provider hold for the one that is the default. No secrets: `pulumi config set --secret` writes them beside these.',
    }),
  templates: z.string().min(1).optional().meta({ description: "The folder of a team's own templates." }),
});

export type PulumiOptions = z.infer<typeof options>;
