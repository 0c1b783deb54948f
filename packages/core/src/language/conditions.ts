import * as z from '../schema/schema.ts';
import { explainedBy } from './explanation.ts';
import { oneOrMany } from './text.ts';

const scalar = z.union([z.string(), z.boolean(), z.number()]);

const isNotEmpty = (value: object) => Object.keys(value).length > 0;

/** An empty condition is refused: it would always hold, although its author wants a limit. */
const tests = z
  .record(z.string(), oneOrMany(scalar).meta({ examples: ['a'] }))
  .refine(isNotEmpty, {
    error: 'an operator without a condition key limits nothing: write a condition key, or leave the operator out',
  })
  .meta({ title: 'condition keys with their values', examples: [{ 'kms:EncryptionContext:tenant': 'a' }] });

/** Only the prefixes of an operator, such as `ForAllValues:`, have a colon. */
const operator = z.string().regex(
  /^(?:For[A-Za-z]*:)?[^:]*$/,
  explainedBy((text) => ({
    message: `\`${String(text)}\` is a condition key, which needs an operator around it`,
    instead: { value: `StringEquals: { "${String(text)}": … }` },
  })),
);

export const conditions = z
  .record(operator, tests)
  .refine(isNotEmpty, { error: 'empty conditions limit nothing: write a condition, or leave the property out' })
  .meta({
    id: 'Conditions',
    title: 'conditions',
    description:
      'Conditions as in IAM: operator, then condition key, then a value or a list of values. All conditions have to hold; one value of a list has to match.',
    examples: [{ StringEquals: { 'kms:EncryptionContext:tenant': 'a' } }],
  });

export type ConditionsDefinition = z.infer<typeof conditions>;
