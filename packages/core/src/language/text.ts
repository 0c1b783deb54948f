/** The small texts of the language: names, account ids, durations. Each schema contains the message that users read. */
import { nearest } from '../diagnostics/suggestion.ts';
import { knownRegions } from '../kms/regions.ts';
import * as z from '../schema/schema.ts';
import { type Explanation, explainedBy } from './explanation.ts';

/** A name given by the user: of a stack, key, principal, environment, standard, grant or output. */
export const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, {
    error: 'a name starts with a letter and has only letters, digits, "-" and "_", at most 63 characters',
  })
  .meta({ title: 'a name', examples: ['orders'] });

/** The name of an app, stack, environment or group: part of CloudFormation stack names, which allow no `_`. */
export const stackName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,62}$/, {
    error:
      'the name of an app, stack, environment or group starts with a letter and has only letters, digits and "-", at most 63 characters',
  })
  .meta({ title: 'a name', examples: ['security'] });

/** The name of an environment or group, or a pattern with `*`, in a list of environments. */
export const environmentOrGroup = z
  .string()
  .regex(/^[A-Za-z*][A-Za-z0-9_*-]{0,62}$/, {
    error: 'an environment or group is named with letters, digits and "-", and a pattern of names has a "*" too',
  })
  .meta({ title: 'an environment, group or pattern', examples: ['prod'] });

export const purpose = z.enum(['production', 'test', 'development']);

/** The name of an account: part of its environments' names, which become part of stack names. */
export const accountName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,46}$/, {
    error: 'the name of an account starts with a letter and has only letters, digits and "-", at most 47 characters',
  })
  .meta({ title: 'a name', examples: ['payments-prod'] });

export const accountId = z
  .string()
  .regex(
    /^\d{12}$/,
    explainedBy((text) => accountIdProblem(String(text))),
  )
  .meta({ title: 'an account id in quotes', examples: ['111122223333'] });

/** The problem with a text that should be an account id. */
function accountIdProblem(text: string): Explanation {
  const digits = text.replaceAll(/[\s_-]/g, '');
  if (/^\d{12}$/.test(digits))
    return { message: 'an account id is written without separators', instead: { value: digits } };
  return /^\d+$/.test(digits)
    ? `an account id has twelve digits, and this has ${digits.length}`
    : 'an account id has twelve digits';
}

export const region = z
  .string()
  .regex(
    /^[a-z]{2,4}(-[a-z]+)+-\d+$/,
    explainedBy((text) => regionProblem(String(text))),
  )
  .meta({ title: 'a region', examples: ['eu-west-1'] });

/** The problem with a text that should be a region. */
function regionProblem(text: string): Explanation {
  const lower = text.trim().toLowerCase();
  const [, ofZone] = /^([a-z]{2,4}(?:-[a-z]+)+-\d+)[a-z]$/.exec(lower) ?? [];
  if (ofZone !== undefined)
    return { message: 'this is an availability zone, not a region', instead: { value: ofZone } };
  const near = nearest(lower.replaceAll(/[\s_]+/g, '-'), knownRegions, 2);
  const message = 'this is not a region name such as eu-west-1';
  return near === undefined ? message : { message, instead: { value: near } };
}

/** A value of an environment: nothing in it is replaced, and it cannot turn the text around it into a placeholder. */
export const environmentValue = z
  .string()
  .min(1, { error: 'a value cannot be empty' })
  .max(1000, { error: 'a value has 1,000 characters at most' })
  .regex(/^[^$]*$/, { error: 'a value cannot have a "$": placeholders in it are not replaced' })
  .meta({ title: 'text without placeholders', examples: ['arn:aws:iam::111122223333:role/Siem'] });

/** The regular expression of a placeholder for a value of an environment, which a schema does not know. */
export const placeholderOfValue = String.raw`\$\{values\.[A-Za-z0-9_-]+\}`;

export const duration = z
  .union(
    [
      z.int(),
      z.string().regex(/^\d{1,5} ?(d|days?)$/, {
        error: 'a duration is written `180 days`, `180d` or as a whole number of days',
      }),
    ],
    { error: 'a duration is written `180 days`, `180d` or as a whole number of days' },
  )
  .meta({
    title: 'a duration',
    description: '`180 days`, `180d`, or a whole number of days.',
    examples: ['180 days', '180d', 180],
  });

export type Duration = z.infer<typeof duration>;

/** A duration in whole days. */
export function daysOf(value: Duration): number {
  return typeof value === 'number' ? value : Number.parseInt(value, 10);
}

export function oneOrMany<T extends z.ZodType>(item: T) {
  return z.union([item, z.array(item).min(1, { error: 'the list is empty: it needs at least one value' })]);
}

/** The values of a property that is written as one value or as a list. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T]; // Array.isArray does not narrow a readonly array out of the union
}

/** The name of a target in `targets` and `names`; the command knows the targets, the language does not. */
export const targetName = z.string().meta({
  id: 'TargetName',
  title: 'the name of a target',
  description: 'The tool a stack is generated for.',
  examples: ['terraform'],
});

export const names = z.record(targetName, z.string().min(1, { error: 'a pinned name cannot be empty' })).meta({
  id: 'PinnedNames',
  title: 'names by target',
  description:
    'Names to use in the generated code, by target: the logical id for `cfn`, the resource name for `terraform` and `pulumi`. Pin one to keep an existing resource; the defaults are stable.',
  examples: [{ cfn: 'OrdersKey1A2B3C4D', terraform: 'orders', pulumi: 'orders' }],
});

export const tags = z.record(z.string(), z.string()).meta({
  title: 'tags by name',
  description:
    'Tags, name to value: at most 50 on a resource, including those of its stack. A name must not start with `aws:`.',
  examples: [{ team: 'payments' }],
});

/** Source: the sids that KMS accepts in key policies, including AWS's own sids. Identity policies accept only letters and digits. */
export const sid = z.string().regex(/^[\u0020-\u007e\u00a0-\u00ff]*$/, {
  error: 'a sid in a key policy has printable characters up to U+00FF only',
});
