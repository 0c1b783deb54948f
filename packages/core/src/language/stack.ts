import * as z from '../schema/schema.ts';
import { moved, removed } from './change.ts';
import { absent, inDescription } from './differing.ts';
import { identityPolicy } from './identity-policy.ts';
import { keyImport } from './import.ts';
import { key, keyDifference } from './key.ts';
import { output } from './output.ts';
import { createdPrincipal, createdPrincipals } from './principal.ts';
import { environmentOrGroup, name, tags, targetName } from './text.ts';

function orAbsent<T extends z.ZodType>(schema: T) {
  return z.record(name, z.union([schema, absent]));
}

const stackDifference = z
  .strictObject({
    tags: tags.optional(),
    principals: orAbsent(createdPrincipal)
      .optional()
      .meta({ description: 'Principals to replace or add there, or `absent`.' }),
    keys: orAbsent(keyDifference)
      .optional()
      .meta({
        description: 'Differences of keys, as under `in` of each; additional keys; or `absent`.',
        examples: [{ orders: { pendingWindow: '30 days' }, scratch: 'absent' }],
      }),
    imports: orAbsent(keyImport).optional().meta({ description: 'Imports to replace or add there, or `absent`.' }),
    identityPolicies: orAbsent(identityPolicy)
      .optional()
      .meta({ description: 'Identity policies to replace or add there, or `absent`.' }),
    outputs: z
      .record(name, output)
      .optional()
      .meta({ description: 'Outputs to replace or add there, or `absent`.', examples: [{ ordersKey: 'absent' }] }),
  })
  .meta({
    id: 'StackDifference',
    title: 'what a stack has in some environments',
    description:
      'What the stack adds or changes in these environments. Keys and tags are merged with those of the stack; in the other sections, an entry replaces the stack’s entry of the same name.',
    examples: [{ tags: { tier: 'gold' }, keys: { orders: { pendingWindow: '30 days' } } }],
  });

export const stack = z
  .strictObject({
    environment: z
      .union([environmentOrGroup, z.array(environmentOrGroup).min(1, { error: 'the list of environments is empty' })])
      .optional()
      .meta({
        description:
          'Where it lives: a name under `environments`. A group, the name of an account, a pattern such as `sandbox-*` or a list of these makes one stack in each environment, called `<stack>-<environment>`. Absent: it can be deployed to any account and region.',
      }),
    targets: z
      .array(targetName)
      .min(1, { error: 'the list of targets is empty' })
      .optional()
      .meta({ description: 'The targets to generate it for. Absent: all of them.' }),
    tags: tags.optional(),
    principals: createdPrincipals.optional().meta({ description: 'Roles, users and groups that this stack creates.' }),
    keySets: z
      .array(name)
      .optional()
      .meta({
        description: 'Key sets to include. `keys` can change their keys; the changes are merged as with a standard.',
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
        description: 'Keys that this stack uses but does not create. A name is used either here or under `keys`.',
        examples: [{ storage: { alias: 'aws/s3' } }],
      }),
    identityPolicies: z
      .record(name, identityPolicy)
      .optional()
      .meta({
        description:
          'Inline policies on roles, users and groups, statement by statement, for anything `grants` cannot express.',
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
      .meta({ description: 'Keys that have changed their name or stack since the last build.' }),
    removed: z
      .array(removed)
      .optional()
      .meta({ description: 'What you have removed on purpose since the last build, and what happens to it.' }),
    outputs: z
      .record(name, output)
      .optional()
      .meta({
        examples: [{ ordersKey: '${keys.orders.arn}' }],
        description:
          'Values to show after a deployment: texts with `${keys.<name>.<attribute>}` or `${imports.<name>.<attribute>}`, where the attribute is `arn`, `id`, `aliasName` or `aliasArn`.',
      }),
    in: z
      .record(environmentOrGroup, z.union([stackDifference, absent]))
      .optional()
      .meta({
        description: `${inDescription} \`absent\` leaves out the stack.`,
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
