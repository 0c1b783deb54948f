import * as z from '../schema/schema.ts';
import { type Explanation, explainedBy } from './explanation.ts';
import { grant } from './grant.ts';
import { alias, kmsGrants, suppression } from './key.ts';
import { statement } from './statement.ts';
import { environmentOrGroup, placeholderOfValue } from './text.ts';

const granting = {
  grants: z.array(grant).optional().meta({
    description:
      'Who can do what with the key, as under a key. The key policy of a key outside this app cannot be changed.',
  }),
  aliases: z
    .array(alias)
    .optional()
    .meta({ description: 'Aliases to create for the key. The stack has to be in its account and region.' }),
  kmsGrants,
  statements: z
    .array(statement)
    .optional()
    .meta({ description: 'Has no effect except a warning: this stack cannot change the key policy.' }),
  suppress: z
    .array(suppression)
    .optional()
    .meta({ description: 'What not to report for this import, each with the reason.' }),
};

/** The problem with an ARN, which may belong under the other property. */
function withForm(other: 'arn' | 'alias', text: string, problem = ''): Explanation {
  const isOfOther = other === 'arn' ? text.includes(':key/') : text.includes(':alias/');
  return isOfOther ? { message: problem, instead: { value: text, under: other } } : problem;
}

const nameOrArn = /^(?!arn:)|^arn:[^:*?]+:kms:[^:*?]+:[^:*?]+:alias\/.+$/s;

/** The problem with a text that should be an alias name or the ARN of an alias; `undefined` if there is none. */
export function aliasOrArnProblem(text: string): string | undefined {
  if (nameOrArn.test(text)) return undefined;
  return text.includes(':key/')
    ? 'this is the ARN of a key, which is imported by `arn`'
    : 'this is not the ARN of an alias: arn:aws:kms:region:account:alias/name';
}

/** An alias by its name, or by its ARN, each part of which can be a placeholder. */
const aliasOrArn = z
  .string()
  .min(1)
  .regex(
    nameOrArn,
    explainedBy((text) => withForm('arn', String(text), aliasOrArnProblem(String(text)))),
  );

const keyArn = String.raw`arn:[^:*?]+:kms:[^:*?]+:[^:*?]+:key\/[A-Za-z0-9-]+`;

/**
 * The problem with a text that should be the ARN of a key and can have placeholders; `undefined` if there is none, or
 * if a value in it is unknown.
 */
export function keyArnProblem(text: string): string | undefined {
  if (new RegExp(`^(?:${keyArn})$`).test(text) || new RegExp(placeholderOfValue).test(text)) return undefined;
  return text.includes(':alias/')
    ? 'this is the ARN of an alias, which is imported by `alias`'
    : 'this is not the ARN of a KMS key: arn:aws:kms:region:account:key/id';
}

export const keyImport = z
  .union([
    z.strictObject({
      arn: z
        .string()
        .regex(
          new RegExp(`^(?:${keyArn}|\\S*${placeholderOfValue}\\S*)$`),
          explainedBy((text) => withForm('alias', String(text), keyArnProblem(String(text)))),
        )
        .meta({
          description: 'The ARN of an existing key.',
          examples: ['arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
        }),
      ...granting,
    }),
    z.strictObject({
      alias: aliasOrArn.meta({
        examples: ['aws/s3'],
        description:
          'An alias: by name in the stack’s account and region, or elsewhere by its ARN, `arn:aws:kms:eu-west-1:444455556666:alias/shared`. It needs no credentials, but the id and ARN of the key stay unknown. For AWS managed keys such as `aws/s3`, and keys in accounts that Keywright cannot ask.',
      }),
      ...granting,
    }),
    z.strictObject({
      lookup: z
        .strictObject({
          alias: z
            .string()
            .min(1)
            .regex(/^(?!arn:)/, {
              error: 'a lookup has the name of the alias, and `environment` says in which account and region',
            })
            .meta({ description: 'The alias to look up, by its name.', examples: ['shared/config'] }),
          environment: environmentOrGroup
            .optional()
            .meta({ description: 'The environment to look in. Absent: the stack’s own.' }),
          whenMissing: z.enum(['error', 'dummy']).optional().meta({
            description: 'What `keywright lookup` does if there is no such alias: fail, or record a dummy key.',
            default: 'error',
          }),
        })
        .meta({
          description:
            'The key behind an alias in a live account. `keywright lookup` asks AWS, and the committed context file keeps the answer; see docs/lookups.md.',
        }),
      ...granting,
    }),
    z.strictObject({
      key: z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9_-]*\.[A-Za-z][A-Za-z0-9_-]*$/, {
          error: 'a key of another stack is written `stack.key`',
        })
        .meta({
          examples: ['platform.root'],
          description:
            'A key of another stack of this app, as `stack.key`. Grants on it apply to that key, wherever it is defined. On a key that a trusted file defines, an untrusted file can grant only use of the key: see docs/platform-teams.md.',
        }),
      environment: environmentOrGroup.optional().meta({
        description:
          'The environment of the other stack, if that stack has several. Absent: the environment of this stack or, if the other stack is not there, the only environment that the other stack has in the same account.',
      }),
      ...granting,
    }),
  ])
  .meta({
    id: 'Import',
    title: 'an import',
    description: 'A key that this stack uses but does not create.',
    examples: [
      { alias: 'aws/s3' },
      { arn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', aliases: ['legacy'] },
      { alias: 'arn:aws:kms:eu-west-1:444455556666:alias/partner' },
      { lookup: { alias: 'shared/config' }, grants: [{ to: 'ordersApi', can: 'decrypt' }] },
      { key: 'platform.root', grants: [{ to: 'ordersApi', can: 'encryptDecrypt' }] },
      { key: 'platform.root', environment: 'prod-us' },
    ],
  });

export type ImportDefinition = z.infer<typeof keyImport>;
