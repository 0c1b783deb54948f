import * as z from '../schema/schema.ts';
import { environmentOrGroup, oneOrMany, purpose } from './text.ts';

/** A requirement on a text of an environment: one or several texts or patterns with `*`, one of which has to match. */
const like = (examples: readonly string[]) =>
  oneOrMany(
    z
      .string()
      .min(1, { error: 'a text or a pattern cannot be empty' })
      .meta({ examples: [...examples] }),
  );

const traits = {
  account: like(['111122223333'])
    .optional()
    .meta({ description: 'The account id in quotes, or its name under `accounts`.' }),
  region: like(['eu-*']).optional().meta({ description: 'The region, or a pattern such as `eu-*`.' }),
  partition: like(['aws-cn']).optional().meta({ description: 'The partition.' }),
  purpose: oneOrMany(purpose).optional().meta({ description: 'The purpose.' }),
  tags: z
    .record(z.string(), like(['prod']))
    .optional()
    .meta({
      description: 'Tags of the environment, each with a value or a pattern.',
      examples: [{ env: 'prod' }],
    }),
};

const groupByTraits = z
  .strictObject(traits)
  .refine((value) => Object.keys(value).length > 0, {
    error: 'say what the environments of this group have in common',
  })
  .meta({
    title: 'what environments have in common',
    description: 'Every environment that matches all of these. Of a list, one value has to match.',
  });

export const group = z
  .union([z.array(environmentOrGroup).min(1, { error: 'the list of members is empty' }), groupByTraits])
  .meta({
    id: 'Group',
    title: 'a group of environments',
    description:
      'A name for a set of environments: a list of environments, other groups and patterns, or what the environments have in common. Environments that list the group under their own `groups` belong to it too.',
    examples: [
      ['prod-eu', 'prod-*'],
      { region: 'eu-*' },
      { account: ['111122223333', '444455556666'], region: 'us-east-1' },
    ],
  });

export type GroupDefinition = z.infer<typeof group>;
export type GroupTraits = z.infer<typeof groupByTraits>;
