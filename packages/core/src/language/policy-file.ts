import * as z from '../schema/schema.ts';
import { oneOrMany } from './text.ts';

const texts = oneOrMany(z.string());
const scalar = z.union([z.string(), z.boolean(), z.number()]);
const principalForm: { error: z.core.$ZodErrorMap } = {
  error: ({ input }) =>
    typeof input === 'string'
      ? `a principal is written \`"Principal": {"AWS": ${JSON.stringify(input)}}\``
      : 'a principal is "*" or a mapping with AWS, Service or Federated',
};
const arnOfRole = 'arn:aws:iam::111122223333:role/App';
const principal = z
  .union([
    z.literal('*', principalForm),
    z
      .strictObject({
        AWS: texts.optional(),
        Service: texts.optional(),
        Federated: texts.optional(),
        CanonicalUser: texts.optional(),
      })
      .refine((value) => Object.keys(value).length > 0, principalForm),
  ])
  .meta({ title: 'a principal', examples: [{ AWS: arnOfRole }] });

const tests = z
  .record(z.string(), oneOrMany(scalar))
  .meta({ title: 'condition keys with their values', examples: [{ 'kms:CallerAccount': '111122223333' }] });
const conditions = z
  .record(z.string(), tests)
  .meta({ title: 'conditions', examples: [{ StringEquals: { 'kms:CallerAccount': '111122223333' } }] });

const fileStatement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: principal.optional(),
    NotPrincipal: principal.optional(),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
    Condition: conditions.optional(),
  })
  .refine((value) => (value.Principal === undefined) !== (value.NotPrincipal === undefined), {
    error: 'a statement of a key policy needs either Principal or NotPrincipal',
  })
  .refine((value) => (value.Action === undefined) !== (value.NotAction === undefined), {
    error: 'a statement needs either Action or NotAction',
  })
  .meta({
    title: 'a statement',
    examples: [{ Effect: 'Allow', Principal: { AWS: arnOfRole }, Action: 'kms:Decrypt', Resource: '*' }],
  });

/** A key policy as AWS writes it. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
export const policyFile = z.strictObject({
  Version: z.literal('2012-10-17', { error: 'the version of a policy document is "2012-10-17"' }).optional(),
  Id: z.string().optional(),
  Statement: z.union([fileStatement, z.array(fileStatement)]),
});

export type PolicyFile = z.infer<typeof policyFile>;
export type FileStatement = z.infer<typeof fileStatement>;
export type FilePrincipal = z.infer<typeof principal>;
