import * as z from 'zod';
import { accountId, region } from './text.ts';

/** A place that stacks live in: an account and a region. */
export const environment = z
  .strictObject({
    account: accountId.meta({ description: 'The account id, twelve digits in quotes.' }),
    region: region.meta({ description: 'The region.' }),
    partition: z
      .string()
      .regex(/^aws[a-z-]*$/, { error: 'a partition is aws, aws-cn, aws-us-gov, …' })
      .optional()
      .meta({ description: 'The partition; follows from the region when absent.', examples: ['aws-cn'] }),
    lookupRole: z.string().min(1).optional().meta({
      description: 'Name or ARN of an IAM role that `keywright lookup` assumes in this account.',
    }),
    profile: z.string().min(1).optional().meta({
      description: 'Profile of the shared AWS configuration files that `keywright lookup` takes credentials from.',
    }),
  })
  .meta({ id: 'Environment', title: 'an environment', description: 'Where stacks live: an account and a region.' });

export type EnvironmentDefinition = z.infer<typeof environment>;
