import * as z from 'zod';
import { moved, removed } from './change.ts';
import { identityPolicy } from './identity-policy.ts';
import { keyImport } from './import.ts';
import { key } from './key.ts';
import { createdPrincipals } from './principal.ts';
import { environmentOrGroup, name, tags, targetName } from './text.ts';

/** One deployment unit. */
export const stack = z
  .strictObject({
    environment: z
      .union([environmentOrGroup, z.array(environmentOrGroup).min(1, { error: 'the list of environments is empty' })])
      .optional()
      .meta({
        description:
          'Where it lives: a name under `environments`. A group, the name of an account, a pattern such as `sandbox-*` or a list of such names makes one stack in each, called `<stack>-<environment>`. Absent: it can be deployed to any account and region.',
      }),
    targets: z
      .array(targetName)
      .min(1, { error: 'the list of targets is empty' })
      .optional()
      .meta({ description: 'What to generate it for. Absent: every target.' }),
    tags: tags.optional(),
    principals: createdPrincipals.optional().meta({ description: 'Roles, users and groups that this stack creates.' }),
    keys: z
      .record(name, key)
      .optional()
      .meta({ description: 'The keys of this stack.', examples: [{ orders: {} }] }),
    imports: z
      .record(name, keyImport)
      .optional()
      .meta({
        description: 'Keys that this stack uses and does not create. They share their names with `keys`.',
        examples: [{ storage: { alias: 'aws/s3' } }],
      }),
    identityPolicies: z
      .record(name, identityPolicy)
      .optional()
      .meta({
        description:
          'Inline policies on roles, users and groups, statement by statement, where `grants` do not say it.',
        examples: [
          {
            orders: {
              attachTo: 'ordersApi',
              statements: [{ actions: 'kms:Decrypt', resources: '${keys.orders.arn}' }],
            },
          },
        ],
      }),
    moved: z
      .array(moved)
      .optional()
      .meta({ description: 'Keys that have another name, or are in another stack, than in the last build.' }),
    removed: z
      .array(removed)
      .optional()
      .meta({ description: 'What the last build had and is meant to be gone, with what becomes of it.' }),
    outputs: z
      .record(name, z.string())
      .optional()
      .meta({
        examples: [{ ordersKey: '${keys.orders.arn}' }],
        description:
          'Values to show after a deployment: text with `${keys.<name>.<attribute>}` or `${imports.<name>.<attribute>}`, where the attribute is `arn`, `id`, `aliasName` or `aliasArn`.',
      }),
  })
  .meta({
    id: 'Stack',
    title: 'a stack',
    description: 'One deployment unit: one CloudFormation stack, one Terraform root module, one Pulumi project.',
    examples: [{ environment: 'prod-eu', keys: { orders: { rotation: true } } }],
  });

export type StackDefinition = z.infer<typeof stack>;
