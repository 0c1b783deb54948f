import type { Target } from '@keywright/core/emit/emitter';
import * as z from 'zod';
import { checkStack } from './check-stack.ts';
import { address } from './names.ts';
import { moduleOutputs } from './outputs.ts';

const localBackend = z.strictObject({
  local: z
    .strictObject({
      path: z.string().min(1).optional().meta({
        description: 'A folder for the state of all stacks, `<path>/<stack>.tfstate`, seen from a root module.',
      }),
    })
    .meta({ description: 'State on disk. Default: `terraform.tfstate` in the folder of each root module.' }),
});

const s3Backend = z.strictObject({
  s3: z
    .strictObject({
      bucket: z.string().min(1).meta({ description: 'The bucket that has the state of all stacks.' }),
      region: z.string().min(1).meta({ description: "The bucket's region." }),
      prefix: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'What keys start with: `<prefix>/<stack>/terraform.tfstate`.' }),
    })
    .meta({ description: 'State in an S3 bucket.' }),
});

/** `targets.terraform` in keywright.yaml. */
const options = z.strictObject({
  provider: z
    .union([z.literal(5), z.literal(6)])
    .default(6)
    .meta({ description: 'The major version of the AWS provider.' }),
  backend: z.union([localBackend, s3Backend]).optional().meta({
    description:
      'Where each root module keeps its state, and finds that of other stacks. Absent: no backend is written, and other stacks are read from `../<stack>/terraform.tfstate`.',
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
