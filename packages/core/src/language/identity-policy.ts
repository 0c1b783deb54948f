import * as z from '../schema/schema.ts';
import { conditions } from './conditions.ts';
import { policyName, principalReference } from './principal.ts';
import { names, oneOrMany } from './text.ts';

const texts = (example: string) =>
  oneOrMany(
    z
      .string()
      .min(1)
      .meta({ examples: [example] }),
  );

/** Source: IAM User Guide, "IAM JSON policy elements: Sid". */
const sid = z.string().regex(/^[A-Za-z0-9]*$/, { error: 'a sid in an identity policy has letters and digits only' });

const identityStatement = z
  .strictObject({
    sid: sid.optional().meta({ description: 'The statement id: letters and digits.' }),
    effect: z
      .enum(['Allow', 'Deny'])
      .optional()
      .meta({ description: 'Whether it allows or denies.', default: 'Allow' }),
    actions: texts('kms:Decrypt').optional().meta({
      description: 'The actions as in IAM, of any service. Either `actions` or `notActions` is required.',
    }),
    notActions: texts('kms:Decrypt').optional().meta({ description: 'Every action except these.' }),
    resources: texts('${keys.orders.arn}').optional().meta({
      description:
        'The resources: ARNs, `*`, or text with `${keys.<name>.arn}`, `${imports.<name>.arn}` or their `id`. Either `resources` or `notResources` is required.',
    }),
    notResources: texts('${keys.orders.arn}').optional().meta({ description: 'Every resource except these.' }),
    conditions: conditions.optional().meta({ description: 'When it applies. Absent: always.' }),
  })
  .refine((value) => (value.actions === undefined) !== (value.notActions === undefined), {
    error: 'a statement needs either `actions` or `notActions`',
  })
  .refine((value) => (value.resources === undefined) !== (value.notResources === undefined), {
    error: 'a statement of an identity policy needs either `resources` or `notResources`',
  })
  .meta({
    id: 'IdentityStatement',
    title: 'a statement of an identity policy',
    description: 'A statement of an identity policy in IAM’s structure, with YAML keys in lower camel case.',
    examples: [{ actions: 'kms:Decrypt', resources: '${keys.orders.arn}' }],
  });

export const identityPolicy = z
  .strictObject({
    attachTo: principalReference.meta({
      description:
        'The role, user or group to attach it to: one that the stack creates, or an existing role or user in its account.',
    }),
    policyName: policyName.meta({
      description: 'Its name in IAM. By default `keywright-<app>-<stack>`, like the policy that grants become.',
    }),
    statements: z
      .array(identityStatement)
      .min(1, { error: 'an identity policy needs at least one statement' })
      .meta({ description: 'Its statements.' }),
    names: names.optional(),
  })
  .meta({
    id: 'IdentityPolicy',
    title: 'an identity policy',
    description:
      'An inline policy on a role, user or group, statement by statement, for existing policies that `grants` do not reproduce. Prefer a grant on a key: it is shorter, and goes into the key policy if IAM policies have no effect.',
    examples: [{ attachTo: 'ordersApi', statements: [{ actions: 'kms:Decrypt', resources: '${keys.orders.arn}' }] }],
  });

export type IdentityPolicyDefinition = z.infer<typeof identityPolicy>;
export type IdentityStatementDefinition = z.infer<typeof identityStatement>;
