/** Makes projects that have nothing in which Keywright departs from the CDK. Keywright and the CDK must agree on these projects. */
import { listOf } from './source/list.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Removes or rephrases everything in a project that a departure explains. Afterwards, everything is in one place, keys trust their account
 * by their policy, grants are narrowed only in ways that the CDK keeps, and nobody administers keys with special actions. Otherwise, all
 * kinds of principals, grants, statements, imports and stacks remain.
 */
export function plainProject(project: unknown): unknown {
  const { settings, standards, stacks, ...rest } = plainParts(project) as Fields;
  const all = Object.entries((stacks ?? {}) as Readonly<Record<string, Fields>>);
  const environment = all.find(([, stack]) => stack.environment !== undefined)?.[1].environment ?? 'eu';
  return {
    ...rest,
    settings: { ...(settings as Fields), defaultKeyPolicies: true },
    ...(standards !== undefined && { standards: mapFields(standards, ({ admins: _, ...standard }) => standard) }),
    stacks: Object.fromEntries(all.map(([name, stack]) => [name, plainStack({ ...stack, environment })])),
  };
}

function plainStack({ keys, imports, outputs, ...stack }: Fields): Fields {
  return {
    ...stack,
    ...(keys !== undefined && { keys: mapFields(keys, plainKey) }),
    ...(imports !== undefined && { imports: plainImports(imports) }),
    // The name of another stack's alias is known, so it is not shared.
    outputs: Object.fromEntries(
      Object.entries((outputs ?? {}) as Fields).filter(([, text]) => !/\$\{imports\.\w+\.alias/.test(String(text))),
    ),
  };
}

/** If a grantee gets two keys in the same way, the CDK would write these as two resources of one statement. */
function plainImports(imports: unknown): Fields {
  const seen = new Set<string>();
  return mapFields(imports, (imported) => {
    const grants = (imported.grants as readonly Fields[] | undefined)?.filter((grant) => {
      const text = JSON.stringify(grant);
      return !seen.has(text) && seen.add(text);
    });
    return withGrants({ ...imported, ...(grants !== undefined && { grants }) }, true);
  });
}

function plainKey({ admins, policy, replicas, ...key }: Fields): Fields {
  // Keys that rotate on demand, have replicas or have imported material give administrators special actions.
  const isSpecial = (key.spec ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT' || key.multiRegion === true;
  return {
    ...withGrants(key, isSpecial),
    ...(!isSpecial && admins !== undefined && { admins }),
    ...(trustsAccount(policy) && { policy }),
    ...(replicas !== undefined && {
      replicas: (replicas as readonly Fields[]).map(({ admins: _, grants: __, ...replica }) => replica),
    }),
  };
}

/** Whether a policy lets the account's IAM policies decide about every action. */
function trustsAccount(policy: unknown): boolean {
  if (!Array.isArray(policy)) return policy !== undefined; // a policy file does
  return (policy as readonly Fields[]).some(
    ({ actions, conditions, principals }) =>
      actions === 'kms:*' && conditions === undefined && JSON.stringify(principals).includes(':root'),
  );
}

function withGrants(holder: Fields, isSpecial: boolean): Fields {
  if (holder.grants === undefined) return holder;
  const grants = (holder.grants as readonly Fields[]).map(({ can, via, when, ...grant }) => ({
    ...grant,
    can: isSpecial ? listOf(can).map((word) => (word === 'administer' ? 'describe' : word)) : can,
    // The CDK puts a single service, or conditions without a service, into a principal and then drops them.
    ...((via !== undefined || when !== undefined) && { via: ['s3', 'dynamodb'] }),
    ...(when !== undefined && { when }),
  }));
  return { ...holder, grants };
}

/** Replaces parts that have the same form everywhere: who assumes a role, and who a principal is. */
function plainParts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainParts);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).flatMap(([name, part]): (readonly [string, unknown])[] => {
    if (name === 'mutable') return [];
    if (name === 'service' && part === 'logs') return [[name, 'sns']]; // a host that the CDK knows
    if (name === 'user' && typeof part === 'string') return [[name, part.replace(/:\d{12}:/, ':${account}:')]];
    if (name === 'assumedBy') return [[name, plainParts(listOf(part)[0])]];
    return [[name, plainParts(part)]];
  });
  return Object.fromEntries(fields);
}

function mapFields(fields: unknown, change: (value: Fields) => Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields as Readonly<Record<string, Fields>>).map(([name, value]) => [name, change(value)]),
  );
}
