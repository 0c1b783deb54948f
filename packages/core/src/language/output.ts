import * as z from '../schema/schema.ts';

const value = z.string().meta({
  title: 'text',
  description:
    'The value: text with `${keys.<name>.<attribute>}` or `${imports.<name>.<attribute>}`, where the attribute is `arn`, `id`, `aliasName` or `aliasArn`.',
  examples: ['${keys.orders.arn}'],
});

/** In bytes. Source: CloudFormation User Guide, "Outputs". */
const longestDescription = 1024;
const descriptionTooLong =
  'the description of an output has 1,024 bytes at most, and letters such as `é` have two or more';

/** The value of an entry of a stack's `outputs`. */
export const output = z
  .union([
    value,
    z.strictObject({
      value,
      description: z
        .string()
        .min(1, { error: 'a description cannot be empty' })
        .max(longestDescription, { error: descriptionTooLong, abort: true })
        .refine((text) => new TextEncoder().encode(text).length <= longestDescription, { error: descriptionTooLong })
        .regex(/^(?:[^$]|\$(?!\{))*$/, {
          error: 'the description of an output has no placeholders: no tool replaces anything in it',
        })
        .optional()
        .meta({
          description:
            'What it is, for readers: at most 1,024 bytes, without placeholders. Outputs of Pulumi have no description.',
          examples: ['The key of orders'],
        }),
      export: z
        .union([z.literal(true), z.string().min(1, { error: 'the name of an export cannot be empty' })])
        .optional()
        .meta({
          description:
            'The name under which CloudFormation exports it to other stacks of the account and region, or `true` for `<app>:<stack>:<output>`. The other tools need no export to read an output.',
          examples: ['${app}-${stack}-orders', true],
        }),
      parameter: z
        .string()
        .min(1, { error: 'the name of a parameter cannot be empty' })
        .optional()
        .meta({
          description:
            'The name of an SSM parameter that the stack creates with this value. It has the tags of the stack.',
          examples: ['/kms/orders'],
        }),
    }),
  ])
  .meta({
    id: 'Output',
    title: 'text, or an output with a description',
    description:
      'A value to show after a deployment. The form with `value` can add a description, the name to export it under and an SSM parameter that stores it.',
    examples: [
      '${keys.orders.arn}',
      {
        value: '${keys.orders.arn}',
        description: 'The key of orders',
        export: 'shop-orders-key',
        parameter: '/kms/orders',
      },
    ],
  });

export type OutputDefinition = z.infer<typeof output>;
