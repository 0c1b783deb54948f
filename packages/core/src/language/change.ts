// biome-ignore-all lint/suspicious/noThenProperty: a word of the language; its values are texts, which nobody can call
import * as z from '../schema/schema.ts';
import { accountName, environmentOrGroup, name, region, stackName, targetName } from './text.ts';

// An index in an address may contain `$` and `%`, but no template of HCL: there `${` is written `$${`.
const keyOfAStack =
  /^(?:[A-Za-z][A-Za-z0-9_-]*(?:\.(?:[A-Za-z][A-Za-z0-9_-]*|\*))?|[A-Z][A-Za-z]+: [^\s$%](?:(?:[^\n$%]|\$\$\{|%%\{|[$%](?!\{))*[^\s$%])?)$/;

/** The tool and address in the `from` of `moved`; `undefined` for a key of the last build. */
export function addressIn(from: string): { readonly title: string; readonly address: string } | undefined {
  const [, title, address] = /^([A-Z][A-Za-z]+): (.+)$/.exec(from) ?? [];
  return title === undefined || address === undefined ? undefined : { title, address };
}

const anyLabel = /^[A-Za-z][\w+=,.@/-]*$/;

export const moved = z
  .strictObject({
    from: z
      .string()
      .regex(keyOfAStack, {
        error:
          'write `key`, `stack.key` for a key of another stack, `stack.*` for all keys of a stack, or `Terraform: ADDRESS` for a resource that Terraform already has',
      })
      .meta({
        description:
          'The key in the last build: `key` in this stack, `stack.key` in another one, `stack.*` for all keys of a stack that has a new name. Or an address that generated modules never have, under which Terraform already has a resource: `Terraform: module.kms.aws_kms_key.this[0]`.',
      }),
    to: z.string().regex(anyLabel, { error: 'this is not a name' }).optional().meta({
      description:
        'Its name under `keys` in this stack. Absent: the same name. For an address it can also be a replica, `key@environment`; an alias, `alias/orders`; a KMS grant, `key.grant`; the name of a role, user or group; or an inline policy, `role/policy-name`.',
    }),
  })
  .refine(({ from, to }) => addressIn(from) === undefined || to !== undefined, {
    error: 'an address does not say what the resource is called now: write `to` too',
  })
  .refine(({ from, to }) => addressIn(from) !== undefined || to === undefined || name.safeParse(to).success, {
    error: '`to` is the name of a key of this stack',
  })
  .refine((value) => !value.from.endsWith('.*') || value.to === undefined, {
    error: 'keys that move together keep their names: leave `to` out',
  })
  .meta({
    id: 'Moved',
    title: 'a key that moved',
    description:
      'A key that has changed its name or stack since the last build; see docs/changes.md. The entry can be deleted after the next build.',
    examples: [
      { from: 'orders', to: 'purchases' },
      { from: 'billing.invoices' },
      { from: 'billing.*' },
      { from: 'Terraform: module.kms.aws_kms_key.this[0]', to: 'invoices' },
    ],
  });

const places = ['environment', 'account', 'region', 'stack'] as const;
const subjects = ['key', 'alias', 'target', 'environment', 'stack'] as const;

export const removed = z
  .strictObject({
    key: name.optional().meta({ description: 'A key of this stack, with its aliases, replicas and grants.' }),
    replica: name.optional().meta({
      description: 'With `key`: only its replicas in this environment or region.',
    }),
    alias: z.string().min(1).optional().meta({
      description:
        'An alias of this stack: its name, or its text as it was under `aliases`, which can stand for a different name in each environment.',
    }),
    target: targetName.optional().meta({ description: 'A target that this stack is no longer generated for.' }),
    environment: environmentOrGroup.optional().meta({
      description: 'An environment, group, account or pattern that this stack no longer lives in.',
    }),
    stack: name
      .optional()
      .meta({ description: 'Another stack that is no longer in the project, in any of its environments.' }),
    then: z.enum(['retain', 'destroy']).meta({
      description:
        '`retain`: the tool forgets it, and it lives on. `destroy`: the tool deletes it; a key is deleted after its `pendingWindow`.',
    }),
  })
  .refine((value) => subjects.filter((subject) => value[subject] !== undefined).length === 1, {
    error: 'write one of `key`, `alias`, `target`, `environment` and `stack`',
  })
  .refine((value) => value.replica === undefined || value.key !== undefined, {
    error: '`replica` needs `key`: the key whose replica is gone',
  })
  .meta({
    id: 'Removed',
    title: 'what is gone',
    description:
      'Something from the last build that you have removed on purpose; see docs/changes.md. The entry can be deleted after the next build.',
    examples: [
      { key: 'archive', then: 'retain' },
      { key: 'orders', replica: 'prod-us', then: 'destroy' },
      { alias: 'old-orders', then: 'destroy' },
      { target: 'cfn', then: 'retain' },
      { environment: 'prod-us', then: 'retain' },
    ],
  });

const accountOfLastBuild = z.string().regex(/^(\d{12}|[A-Za-z][A-Za-z0-9-]{0,46})$/, {
  error: 'this is neither the name that an account had under `accounts` nor an account id of twelve digits',
});

const removedPlace = z
  .strictObject({
    environment: stackName.optional().meta({ description: 'An environment that the project no longer has.' }),
    account: accountOfLastBuild.optional().meta({
      title: 'the name of an account',
      description: 'An account that the project no longer has: its name under `accounts`, or its id in quotes.',
    }),
    region: region.optional().meta({ description: 'A region in which the project no longer has an environment.' }),
    stack: name.optional().meta({ description: 'A stack that the project no longer has, in any of its environments.' }),
    then: z.enum(['retain', 'destroy']).meta({
      description:
        '`retain`: the tools forget its keys, which live on. `destroy`: its deployments are destroyed, with the keys in them.',
    }),
  })
  .refine((value) => places.filter((place) => value[place] !== undefined).length === 1, {
    error: 'write one of `environment`, `account`, `region` and `stack`',
  })
  .meta({
    id: 'RemovedPlace',
    title: 'a place or stack that is gone',
    description:
      'An environment, account, region or stack of the last build that you have removed on purpose, with all keys there; see docs/changes.md. The entry can be deleted after the next build.',
    examples: [
      { environment: 'prod-us', then: 'retain' },
      { account: 'payments-test', then: 'destroy' },
      { region: 'ap-south-1', then: 'retain' },
      { stack: 'billing', then: 'retain' },
    ],
  });

export const removedPlaces = z.array(removedPlace).meta({
  description: 'Environments, accounts, regions and stacks of the last build that you have removed on purpose.',
  examples: [[{ environment: 'prod-us', then: 'retain' }]],
});

const movedPlace = z
  .strictObject({
    environment: stackName.optional().meta({ description: 'The name that an environment had in the last build.' }),
    account: accountName
      .optional()
      .meta({ description: 'The name that an account had under `accounts` in the last build.' }),
    to: stackName.meta({ description: 'Its present name.' }),
  })
  .refine(({ environment, account }) => (environment === undefined) !== (account === undefined), {
    error: 'write either `environment` or `account`',
  })
  .meta({
    id: 'MovedPlace',
    title: 'a place with another name',
    description:
      'An environment or account that was renamed since the last build, for all stacks there; see docs/changes.md. The entry can be deleted after the next build.',
    examples: [
      { environment: 'prod-us', to: 'production-us' },
      { account: 'payments', to: 'payments-prod' },
    ],
  });

export const movedPlaces = z.array(movedPlace).meta({
  description: 'Environments and accounts that were renamed since the last build.',
  examples: [[{ environment: 'prod-us', to: 'production-us' }]],
});

export type MovedPlaceDefinition = z.infer<typeof movedPlace>;
export type RemovedPlaceDefinition = z.infer<typeof removedPlace>;
export type MovedDefinition = z.infer<typeof moved>;
export type RemovedDefinition = z.infer<typeof removed>;
