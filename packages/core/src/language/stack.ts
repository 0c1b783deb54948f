import * as z from 'zod';
import { moved, removed } from './change.ts';
import { absent, inDescription } from './differing.ts';
import { identityPolicy } from './identity-policy.ts';
import { keyImport } from './import.ts';
import { key, keyDifference } from './key.ts';
import { output } from './output.ts';
import { createdPrincipal, createdPrincipals } from './principal.ts';
import { environmentOrGroup, name, tags, targetName } from './text.ts';

/** Something by name, or `absent`. */
function orAbsent<T extends z.ZodType>(schema: T) {
  return z.record(name, z.union([schema, absent]));
}

const stackDifference = z
  .strictObject({
    tags: tags.optional(),
    principals: orAbsent(createdPrincipal)
      .optional()
      .meta({ description: 'Principals that differ there, or `absent`.' }),
    keys: orAbsent(keyDifference)
      .optional()
      .meta({
        description:
          'What differs about keys, as under `in` of each; keys that exist only there; keys that are `absent`.',
        examples: [{ orders: { pendingWindow: '30 days' }, scratch: 'absent' }],
      }),
    imports: orAbsent(keyImport).optional().meta({ description: 'Imports that differ there, or `absent`.' }),
    identityPolicies: orAbsent(identityPolicy)
      .optional()
      .meta({ description: 'Identity policies that differ there, or `absent`.' }),
    outputs: z
      .record(name, output)
      .optional()
      .meta({ description: 'Outputs that differ there, or `absent`.', examples: [{ ordersKey: 'absent' }] }),
  })
  .meta({
    id: 'StackDifference',
    title: 'what a stack has in some environments',
    description:
      'What the stack has in these environments. Keys and tags are merged with the stack’s; in the other sections, each entry replaces the one with its name.',
    examples: [{ tags: { tier: 'gold' }, keys: { orders: { pendingWindow: '30 days' } } }],
  });

/** One deployment unit. */
export const stack = z
  .strictObject({
    environment: z
      .union([environmentOrGroup, z.array(environmentOrGroup).min(1, { error: 'the list of environments is empty' })])
      .optional()
      .meta({
        description:
          'Where it is deployed: a name under `environments`. A group, the name of an account, a pattern such as `sandbox-*` or a list of such names makes one stack in each environment, called `<stack>-<environment>`. Absent: it can be deployed to any account and region.',
      }),
    targets: z
      .array(targetName)
      .min(1, { error: 'the list of targets is empty' })
      .optional()
      .meta({ description: 'The targets to generate it for. Absent: every target.' }),
    tags: tags.optional(),
    principals: createdPrincipals.optional().meta({ description: 'Roles, users and groups that this stack creates.' }),
    keySets: z
      .array(name)
      .optional()
      .meta({
        description:
          'Key sets that this stack includes. Entries under `keys` are merged with them, as with a standard.',
        examples: [['baseline']],
      }),
    keys: z
      .record(name, key)
      .optional()
      .meta({ description: 'The keys of this stack.', examples: [{ orders: {} }] }),
    imports: z
      .record(name, keyImport)
      .optional()
      .meta({
        description: 'Keys that this stack uses but does not create. Their names must differ from those under `keys`.',
        examples: [{ storage: { alias: 'aws/s3' } }],
      }),
    identityPolicies: z
      .record(name, identityPolicy)
      .optional()
      .meta({
        description:
          'Inline policies on roles, users and groups, statement by statement, for what `grants` cannot express.',
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
      .meta({ description: 'Keys that were renamed or moved to another stack since the last build.' }),
    removed: z
      .array(removed)
      .optional()
      .meta({ description: 'What was in the last build and is meant to go, with what happens to it.' }),
    outputs: z
      .record(name, output)
      .optional()
      .meta({
        examples: [{ ordersKey: '${keys.orders.arn}' }],
        description:
          'Values to show after a deployment: text with `${keys.<name>.<attribute>}` or `${imports.<name>.<attribute>}`, where the attribute is `arn`, `id`, `aliasName` or `aliasArn`.',
      }),
    in: z
      .record(environmentOrGroup, z.union([stackDifference, absent]))
      .optional()
      .meta({
        description: `${inDescription} \`absent\`: the stack does not exist there.`,
        examples: [{ 'prod-*': { tags: { tier: 'gold' } } }],
      }),
  })
  .meta({
    id: 'Stack',
    title: 'a stack',
    description: 'One deployment unit: one CloudFormation stack, one Terraform root module, one Pulumi project.',
    examples: [{ environment: 'prod-eu', keys: { orders: { rotation: true } } }],
  });

export type StackDifference = z.infer<typeof stackDifference>;
export type StackDefinition = z.infer<typeof stack>;
