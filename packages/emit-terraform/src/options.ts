import { deploymentText } from '@keywright/core/emit/deployment-text';
import * as z from '@keywright/core/schema/schema';
import { backendOption } from './backend-options.ts';
import { providerSettings } from './provider-settings.ts';

/** `targets.terraform` in keywright.yaml. */
export const options = z.strictObject({
  provider: z
    .union([z.literal(5), z.literal(6)])
    .default(6)
    .meta({ description: 'The major version of the AWS provider.' }),
  providerSettings: providerSettings.optional().meta({
    description:
      'More settings for every `provider "aws"` block: `max_retries: 10`, `profile: "kms-${environment}"`, `ignore_tags: { key_prefixes: ["team:"] }`. A mapping becomes a nested block, a list of mappings several blocks. Settings under `assume_role` apply wherever a role is assumed. `${region}` is the region of the provider.',
  }),
  backend: backendOption.optional().meta({
    description:
      'Where each root module keeps its state and finds the state of other stacks. Absent: no backend is written, and other stacks are read from `../<stack>/terraform.tfstate`.',
  }),
  assumeRole: deploymentText.optional().meta({
    description:
      'The ARN of the role that the provider assumes, `arn:aws:iam::${account}:role/Deploy`. Absent: the `deployRole` of the environment or account.',
  }),
  defaultTags: z.record(z.string().min(1), deploymentText).optional().meta({
    description: 'Tags that the provider puts on everything it creates; a key’s own tags win.',
  }),
  templates: z.string().min(1).optional().meta({ description: "The folder of a team's own templates." }),
});

export type TerraformOptions = z.infer<typeof options>;
