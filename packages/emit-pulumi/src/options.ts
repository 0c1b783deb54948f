import { deploymentText } from '@keywright/core/emit/deployment-text';
import * as z from '@keywright/core/schema/schema';

const setting = z.union([deploymentText, z.number(), z.boolean(), z.array(deploymentText)]);

/** Settings that `config` cannot have, because Keywright always generates them. */
const written = ['aws:region', 'aws:allowedAccountIds', 'aws:assumeRoles', 'aws:defaultTags'];

/** `targets.pulumi` in keywright.yaml. */
export const options = z.strictObject({
  organization: z.string().min(1).optional().meta({
    description:
      'The Pulumi organization that owns the stacks, for references between them. Absent: the organization that runs the program (`pulumi.getOrganization()`).',
  }),
  stackName: z.string().min(1).optional().meta({
    description:
      'The name of each project’s Pulumi stack, for references between them. A stack with a list of environments has a Pulumi stack named after each environment instead. Absent: the name of the stack that runs the program (`pulumi.getStack()`), so any name works if all projects use the same name; in references from a stack with a list of environments, the name of the other stack’s environment.',
  }),
  assumeRole: deploymentText.optional().meta({
    description:
      'The ARN of the role that the providers assume, `arn:aws:iam::${account}:role/Deploy`. Absent: the `deployRole` of the environment or account.',
  }),
  defaultTags: z.record(z.string().min(1), deploymentText).optional().meta({
    description: 'Tags that the providers put on everything they create; a key’s own tags win.',
  }),
  config: z
    .record(
      z.string().regex(/^[A-Za-z0-9_.-]+:[A-Za-z0-9_.:-]+$/, {
        error: 'write a Pulumi setting with its namespace, such as `aws:maxRetries`',
      }),
      z.union([setting, z.record(z.string(), setting)]),
    )
    .refine((config) => Object.keys(config).every((name) => !written.includes(name)), {
      error: `${written.map((name) => `\`${name}\``).join(', ')} follow from the environment and from \`assumeRole\` and \`defaultTags\``,
    })
    .optional()
    .meta({
      description:
        'More settings for the `Pulumi.<environment>.yaml` of each stack with a list of environments: `aws:maxRetries: 10`, `aws:profile: "kms-${environment}"`. Provider settings apply to the default provider. No secrets: `pulumi config set --secret` adds them to the file.',
    }),
  templates: z.string().min(1).optional().meta({ description: "The folder of a team's own templates." }),
});

export type PulumiOptions = z.infer<typeof options>;
