import { deploymentText } from '@keywright/core/emit/deployment-text';
import type { Target } from '@keywright/core/emit/emitter';
import * as z from 'zod';
import { backendOption } from './backend-options.ts';
import { checkStack } from './check-stack.ts';
import { address } from './names.ts';
import { moduleOutputs } from './outputs.ts';

/** `targets.terraform` in keywright.yaml. */
const options = z.strictObject({
  provider: z
    .union([z.literal(5), z.literal(6)])
    .default(6)
    .meta({ description: 'The major version of the AWS provider.' }),
  backend: backendOption.optional().meta({
    description:
      'Where each root module keeps its state, and finds that of other stacks. Absent: no backend is written, and other stacks are read from `../<stack>/terraform.tfstate`.',
  }),
  assumeRole: deploymentText.optional().meta({
    description: 'The ARN of the role that the provider assumes, `arn:aws:iam::${account}:role/Deploy`.',
  }),
  defaultTags: z.record(z.string().min(1), deploymentText).optional().meta({
    description: 'Tags that the provider puts on everything that it creates; those of a key win.',
  }),
  templates: z.string().min(1).optional().meta({ description: "The folder of a team's own templates." }),
});

export type TerraformOptions = z.infer<typeof options>;

export const target: Target<TerraformOptions> = {
  name: 'terraform',
  title: 'Terraform',
  capabilities: {
    kmsGrants: true,
    namelessKmsGrants: true,
    origins: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
    sharesAcrossAccounts: true,
    sharesAcrossRegions: true,
  },
  pinnedName: {
    pattern: /^[A-Za-z_][A-Za-z0-9_-]*$/,
    rule: 'a Terraform name has letters, digits, "_" and "-", and does not start with a digit',
  },
  options,
  renames: true,
  removesAsDeployed: false,
  nameOf: address,
  addressesOf(resource, stack) {
    return [address(resource, stack), ...moduleOutputs.claimedBy(resource.id, stack).map((name) => `output.${name}`)];
  },
  problemsOf: checkStack,
  loadEmitter: async () => (await import('./emit.ts')).emitter,
};
