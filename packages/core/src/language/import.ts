import * as z from 'zod';
import { grant } from './grant.ts';
import { alias, suppression } from './key.ts';
import { statement } from './statement.ts';
import { name } from './text.ts';

const granting = {
  grants: z.array(grant).optional().meta({ description: 'Who can do what with the key, as under a key.' }),
  aliases: z
    .array(alias)
    .optional()
    .meta({ description: 'Aliases to create for the key, in its own account and region.' }),
  statements: z
    .array(statement)
    .optional()
    .meta({ description: 'Has no effect on a key of somebody else: a warning.' }),
  suppress: z.array(suppression).optional().meta({ description: 'Warnings that are not reported for this import.' }),
};

/** A key that this stack uses and does not create. */
export const keyImport = z
  .union([
    z.strictObject({
      arn: z
        .string()
        .regex(/^arn:[^:]+:kms:[^:]+:[^:]+:key\/.+$/, {
          error: 'this is not the ARN of a KMS key: arn:aws:kms:region:account:key/id',
        })
        .meta({ description: 'The ARN of the key.' }),
      ...granting,
    }),
    z.strictObject({
      alias: z
        .string()
        .min(1)
        .meta({ description: 'An alias, used by name only: neither key id nor key policy is known.' }),
      ...granting,
    }),
    z.strictObject({
      lookup: z
        .strictObject({
          alias: z.string().min(1).meta({ description: 'The alias to look up.' }),
          environment: name.optional().meta({ description: 'Where to look; default the stack’s own environment.' }),
          whenMissing: z.enum(['error', 'dummy']).optional().meta({
            description: 'What a lookup does when there is no such alias: fail (the default), or record a dummy key.',
            default: 'error',
          }),
        })
        .meta({ description: 'The key that an alias has in a live account, through the committed context file.' }),
      ...granting,
    }),
    z.strictObject({
      key: z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9_-]*\.[A-Za-z][A-Za-z0-9_-]*$/, {
          error: 'a key of another stack is written `stack.key`',
        })
        .meta({ description: 'A key of another stack of this app: `stack.key`.' }),
      ...granting,
    }),
  ])
  .meta({ id: 'Import', title: 'an import', description: 'A key that this stack uses and does not create.' });

export type ImportDefinition = z.infer<typeof keyImport>;
