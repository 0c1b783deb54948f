import * as z from 'zod';
import { conditions } from './conditions.ts';
import { principalReference } from './principal.ts';
import { oneOrMany } from './text.ts';

const actions = oneOrMany(z.string().min(1));
const principals = z.union([principalReference, z.array(principalReference)]);

/** A statement of a key policy, written like the IAM one in lower camel case. */
export const statement = z
  .strictObject({
    sid: z
      .string()
      .regex(/^[A-Za-z0-9 ]*$/, { error: 'a sid in a key policy has letters, digits and spaces only' })
      .optional()
      .meta({ description: 'The statement id.' }),
    effect: z
      .enum(['Allow', 'Deny'])
      .optional()
      .meta({ description: '`Allow` (the default) or `Deny`.', default: 'Allow' }),
    principals: principals.optional().meta({ description: 'Whom it is about.' }),
    notPrincipals: principals.optional().meta({ description: 'Everyone but these. Only in a `Deny`.' }),
    actions: actions.optional().meta({ description: 'The actions, such as `kms:Decrypt`.' }),
    notActions: actions.optional().meta({ description: 'Every action but these.' }),
    resources: oneOrMany(z.string().min(1)).optional().meta({
      description: 'Default `*`, which in a key policy means this key.',
      default: '*',
    }),
    conditions: conditions.optional().meta({ description: 'When it holds.' }),
  })
  .refine((value) => (value.principals === undefined) !== (value.notPrincipals === undefined), {
    error: 'a statement needs either `principals` or `notPrincipals`',
  })
  .refine((value) => (value.actions === undefined) !== (value.notActions === undefined), {
    error: 'a statement needs either `actions` or `notActions`',
  })
  .meta({ id: 'Statement', title: 'a statement', description: 'A statement of a key policy.' });

/** The statements themselves, or the JSON file that AWS uses. */
export const policy = z
  .union([
    z.array(statement),
    z.strictObject({
      file: z
        .string()
        .min(1)
        .meta({ description: 'A policy document as AWS writes it, in JSON; relative to this file.' }),
    }),
  ])
  .meta({ id: 'Policy', title: 'a list of statements or { file: … }' });

export type StatementDefinition = z.infer<typeof statement>;
export type PolicyDefinition = z.infer<typeof policy>;
