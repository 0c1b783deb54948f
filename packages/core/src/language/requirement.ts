import { keyOrigins, keySpecs, keyUsages } from '../kms/key-specs.ts';
import { limits } from '../kms/limits.ts';
import * as z from '../schema/schema.ts';
import { explainedBy } from './explanation.ts';
import { principalReference } from './principal.ts';
import { environmentOrGroup, name, oneOrMany } from './text.ts';

const pattern = (example: string) =>
  z
    .string()
    .min(1, { error: 'a name or a pattern cannot be empty' })
    .meta({ examples: [example] });

const tagValue = pattern('payments').regex(
  /^[^*?]*$/,
  explainedBy((value) => ({
    message: 'no tag of a KMS key has a value with `*` or `?`, and a requirement compares values as they are',
    ...(/^\*+$/.test(String(value)) && { instead: { value: 'required' } }),
  })),
);

const daysForm = /^(at (least|most) )?\d{1,5} ?(d|days?)$/;

/** A number of days with a bound that some key can meet: `at most 365 days`, `at least 14 days`, or exactly `30 days`. */
const days = (possible: { readonly minimum: number; readonly maximum: number }) =>
  z
    .string()
    .regex(daysForm, {
      error: 'write a number of days as `at most 365 days`, `at least 14 days` or `30 days`',
    })
    .refine((text) => !daysForm.test(text) || overlap(daysRange(text), possible), {
      error: `no key can meet this: KMS accepts ${possible.minimum} to ${possible.maximum} days`,
    })
    .meta({ title: 'a limit in days', examples: ['at most 365 days'] });

const because = z.string().min(1, { error: 'say why' });

const covered = z
  .strictObject({
    environments: oneOrMany(environmentOrGroup).optional().meta({
      description:
        'Keys in these environments: names, groups or patterns. A stack without an environment can be deployed to any, so its keys are included.',
    }),
    stacks: oneOrMany(pattern('payments*')).optional().meta({ description: 'Keys of these stacks.' }),
    keys: oneOrMany(pattern('payments.*'))
      .optional()
      .meta({ description: 'These keys: names such as `orders`, or with their stack, `payments.orders`.' }),
    usage: oneOrMany(z.enum(keyUsages)).optional().meta({ description: 'Keys with these usages.' }),
    spec: oneOrMany(z.enum(keySpecs)).optional().meta({ description: 'Keys with these specs.' }),
    tag: z
      .record(z.string(), oneOrMany(pattern('pii')))
      .optional()
      .meta({
        description: 'Keys with all of these tags, each with one of its values.',
        examples: [{ classification: 'pii' }],
      }),
  })
  .meta({
    id: 'RequiredOf',
    title: 'which keys',
    description:
      'The keys that the requirement applies to: those that match everything here. In patterns, `*` stands for any characters. Replicas count as keys of their own environment.',
    examples: [{ environments: 'prod-*', stacks: 'payments*' }],
  });

const exception = z
  .strictObject({
    key: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]*\.[A-Za-z][A-Za-z0-9_-]*$/, {
        error: 'a key is named with its stack, `payments.legacy`',
      })
      .meta({
        description:
          'A key with its stack, such as `payments.legacy`. Or an import by ARN, lookup or alias, also with its stack: the requirement then does not limit the names of the import’s aliases.',
        examples: ['payments.legacy'],
      }),
    because: because.meta({
      description: 'Why the requirement does not apply to it.',
      examples: ['replaced in May, SEC-12'],
    }),
  })
  .meta({
    id: 'Exception',
    title: 'an exception',
    description: 'A key that is exempt from the requirement. An exception that is no longer needed is reported.',
    examples: [{ key: 'payments.legacy', because: 'replaced in May, SEC-12' }],
  });

export const requirement = z
  .strictObject({
    of: covered.optional().meta({ description: 'The keys that it applies to. Absent: every key and replica.' }),
    standard: oneOrMany(name).optional().meta({ description: 'The key builds on one of these standards.' }),
    removal: z.enum(['retain', 'destroy']).optional().meta({ description: 'The required `removal`.' }),
    rotation: z
      .union([z.boolean(), days(limits.rotationPeriodDays)])
      .optional()
      .meta({
        description:
          'Whether and how often the key is rotated: `true`, `false`, or a period such as `at most 365 days`, `at least 90 days` or exactly `180 days`. For keys that KMS can rotate; replicas rotate with their primary key.',
        title: 'true, false or a limit in days',
        examples: ['at most 365 days'],
      }),
    pendingWindow: days(limits.pendingWindowDays)
      .optional()
      .meta({
        description:
          'The required waiting period of a scheduled deletion: `at least 14 days`, `at most 30 days` or exactly `14 days`.',
        examples: ['at least 14 days'],
      }),
    multiRegion: z.boolean().optional().meta({ description: 'Whether the key is a multi-Region key.' }),
    spec: oneOrMany(z.enum(keySpecs)).optional().meta({ description: 'The spec is one of these.' }),
    origin: oneOrMany(z.enum(keyOrigins)).optional().meta({ description: 'The origin is one of these.' }),
    tags: z
      .record(z.string(), oneOrMany(tagValue))
      .optional()
      .meta({
        description: 'Tags that the key or its stack must have: `required` for any value, or the allowed values.',
        examples: [{ owner: 'required', classification: ['pii', 'internal'] }],
      }),
    aliases: oneOrMany(pattern('lz/*')).optional().meta({
      description:
        'A pattern that every alias of the key matches, written without `alias/`; with a list, every alias matches one of the patterns. Aliases that other stacks add count too. A key without aliases is fine.',
    }),
    admins: z
      .array(principalReference)
      .min(1, { error: 'the list of admins is empty' })
      .optional()
      .meta({ description: 'These principals must be among the key’s `admins`.', examples: [['keyAdmins']] }),
    principals: z
      .strictObject({
        outside: z.enum(['organization', 'account', 'nobody']).meta({
          description:
            'Nobody outside may get access through the resulting key policy or a KMS grant. With `organization`, the organization and all accounts under `accounts` and `environments` of `keywright.yaml` and trusted files are inside; with `account` or `nobody`, only the account of the key is. With `nobody`, AWS services are outside too.',
        }),
        organization: z
          .string()
          .regex(/^o-[a-z0-9]{10,32}$/, { error: 'an organization id is `o-` and 10 to 32 letters and digits' })
          .optional()
          .meta({
            description:
              'The id of the organization. Absent: the only one that `keywright.yaml` and trusted files name under `principals`, if any.',
            examples: ['o-a1b2c3d4e5'],
          }),
      })
      .optional()
      .meta({ description: 'Who may get access.', examples: [{ outside: 'organization' }] }),
    because: because.optional().meta({
      description: 'The reason for the requirement, repeated wherever a key violates it.',
      examples: ['SEC-POL-7'],
    }),
    except: z.array(exception).optional().meta({ description: 'Keys that are exempt, each with the reason.' }),
  })
  .meta({
    id: 'Requirement',
    title: 'a requirement',
    description:
      'A requirement on keys. `check` and `build` report each key that violates it as an error that no file can suppress. Exceptions are listed under `except`.',
    examples: [
      {
        of: { environments: 'prod-*' },
        removal: 'retain',
        rotation: 'at most 365 days',
        tags: { owner: 'required', classification: ['pii', 'internal', 'public'] },
        admins: ['keyAdmins'],
        principals: { outside: 'organization' },
        because: 'SEC-POL-7: keys of production',
      },
    ],
  });

export type RequirementDefinition = z.infer<typeof requirement>;
export type ExceptionDefinition = z.infer<typeof exception>;

/** The minimum and maximum of `at most 365 days` and the like, in days. */
export function daysRange(text: string): { readonly minimum: number; readonly maximum: number } {
  const number = Number.parseInt(text.replace(/^\D+/, ''), 10);
  return {
    minimum: text.startsWith('at most') ? 0 : number,
    maximum: text.startsWith('at least') ? Number.POSITIVE_INFINITY : number,
  };
}

type Range = ReturnType<typeof daysRange>;

function overlap(one: Range, other: Range): boolean {
  return one.minimum <= other.maximum && other.minimum <= one.maximum;
}
