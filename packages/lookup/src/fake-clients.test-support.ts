import type { LookupQuery } from '@keywright/core/context/context';
import type { Clients, KeyFacts } from './clients.ts';

export interface FakeKeys {
  /** The key of each alias, in the order of ListAliases; `undefined` for an alias without a key. */
  readonly aliases: Readonly<Record<string, string | undefined>>;
  /** The differences of a key from an ordinary key. */
  readonly facts?: Readonly<Record<string, Partial<KeyFacts>>>;
  readonly pageSize?: number;
}

export interface FakeWorld {
  /** By account and region, such as `111122223333/eu-west-1`. */
  readonly keys?: Readonly<Record<string, FakeKeys>>;
  /** The account of each profile's credentials; `default` for the default chain. */
  readonly profiles?: Readonly<Record<string, string>>;
  /** The account of a role's credentials, if it is not the account in the role's ARN. */
  readonly roles?: Readonly<Record<string, string>>;
  /** Called before each call is answered. If this returns an error, the call fails with it. */
  readonly refuse?: (call: string) => Error | undefined;
}

export interface FakeClients extends Clients {
  /** Every call, in order, with the caller's account, such as `111122223333 eu-west-1 kms:DescribeKey alias/shared`. */
  readonly calls: readonly string[];
  readonly open: () => number;
}

export function sdkError(name: string, message = `${name}, says AWS`): Error {
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: 400 } });
}

export function fakeClients({
  keys = {},
  profiles = { default: here.account },
  roles = {},
  refuse,
}: FakeWorld = {}): FakeClients {
  const calls: string[] = [];
  let open = 0;
  const answer = async <T>(call: string, signal: AbortSignal, value: () => T): Promise<T> => {
    // Waits for one turn of the event loop, like a real call, so that concurrent work goes on.
    await new Promise(setImmediate);
    signal.throwIfAborted();
    calls.push(call);
    const refusal = refuse?.(call);
    signal.throwIfAborted();
    if (refusal !== undefined) throw refusal;
    return value();
  };
  const close = () => {
    open -= 1;
  };
  // The access key id is the account, so that the fake recognises the caller.
  const credentialsOf = (account: string) => ({ accessKeyId: account, secretAccessKey: 'secret' });

  return {
    calls,
    open: () => open,

    credentials: (profile = 'default', _, signal) =>
      answer(`credentials of ${profile}`, signal, () => {
        const account = profiles[profile];
        if (account === undefined)
          throw sdkError('CredentialsProviderError', 'Could not load credentials from any providers');
        return credentialsOf(account);
      }),

    async sts(region, { accessKeyId: account }, signal) {
      open += 1;
      return {
        callerIdentity: () =>
          answer(`${account} ${region} sts:GetCallerIdentity`, signal, () => ({
            account,
            arn: `arn:aws:sts::${account}:assumed-role/Me/i-1`,
          })),
        assumeRole: (role) =>
          answer(`${account} ${region} sts:AssumeRole ${role}`, signal, () =>
            credentialsOf(roles[role] ?? role.split(':')[4] ?? ''),
          ),
        close,
      };
    },

    async kms(region, { accessKeyId: account }, signal) {
      open += 1;
      const { aliases = {}, facts = {}, pageSize = 100 } = keys[`${account}/${region}`] ?? {};
      const call = <T>(what: string, value: () => T) => answer(`${account} ${region} kms:${what}`, signal, value);
      return {
        describeKey: (id) =>
          call(`DescribeKey ${id}`, () => {
            const keyId = id.startsWith('alias/') ? aliases[id] : id;
            if (keyId === undefined)
              throw sdkError('NotFoundException', `Alias arn:aws:kms:${region}:${account}:${id} is not found.`);
            return { ...ordinaryKey(account, region, keyId), ...facts[keyId] };
          }),
        listAliases: (marker = '0') =>
          call(`ListAliases from ${marker}`, () => {
            const start = Number(marker);
            const all = Object.entries(aliases);
            const items = all.slice(start, start + pageSize).map(([name, keyId]) => ({
              name,
              ...(keyId !== undefined && { keyId }),
            }));
            return { items, ...(start + pageSize < all.length && { marker: String(start + pageSize) }) };
          }),
        close,
      };
    },
  };
}

function ordinaryKey(account: string, region: string, keyId: string): KeyFacts {
  return {
    keyId,
    arn: `arn:aws:kms:${region}:${account}:key/${keyId}`,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: 'CUSTOMER',
    multiRegion: false,
    state: 'Enabled',
  };
}

/** The place that tests look up keys in. */
export const here = { account: '111122223333', region: 'eu-west-1', partition: 'aws' } as const;

/** Returns a query with its own line in the project. */
export function query(alias: string, more: Partial<LookupQuery> = {}): LookupQuery {
  const line = [...alias].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  const span = { file: 'keywright.yaml', line, column: 1, endLine: line, endColumn: 2 };
  return { ...here, alias, whenMissing: 'error', span, ...more };
}
