import type { Clients } from '@keywright/lookup/clients';
import type { KeyCalls } from './key-calls.ts';
import type { Grant, KeyMetadata, Rotation, Tag } from './key-record.ts';

export interface FakeKey extends Partial<KeyMetadata> {
  readonly policy?: string;
  readonly rotation?: Rotation;
  readonly tags?: readonly Tag[];
  readonly grants?: readonly Grant[];
}

export interface FakeAccount {
  /** The keys, by key id. */
  readonly keys: Readonly<Record<string, FakeKey>>;
  /** The key id of each alias. */
  readonly aliases?: Readonly<Record<string, string>>;
}

export interface FakeAccounts {
  /** By account and region, such as `111122223333/eu-west-1`. */
  readonly accounts: Readonly<Record<string, FakeAccount>>;
  readonly pageSize?: number;
  /** Called for each call to KMS, such as `111122223333/eu-west-1 GetKeyPolicy k1`. If it returns an error, the call throws this error. */
  readonly refuse?: (call: string) => Error | undefined;
}

export function sdkError(name: string): Error {
  return Object.assign(new Error(`${name}, says AWS`), {
    name,
    $fault: 'client',
    $metadata: { httpStatusCode: 400 },
  });
}

/** Returns the policy that KMS gives a key created without one. */
export function defaultPolicy(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/** Returns fake accounts, and the calls to KMS so far. Assuming the lookup role of an account gives credentials for that account. */
export function fakeAccounts({ accounts, pageSize = 100, refuse }: FakeAccounts) {
  const calls: string[] = [];
  const clients: Clients<KeyCalls> = {
    credentials: async () => ({ accessKeyId: '000000000000', secretAccessKey: 'secret' }),
    sts: async (_, { accessKeyId }) => ({
      callerIdentity: async () => ({ account: accessKeyId, arn: `arn:aws:iam::${accessKeyId}:role/Reader` }),
      assumeRole: async (role) => ({ accessKeyId: role.split(':')[4] ?? '', secretAccessKey: 'secret' }),
      close() {},
    }),
    async kms(region, { accessKeyId: account }, signal) {
      const place = `${account}/${region}`;
      const { keys, aliases = {} } = accounts[place] ?? { keys: {} };
      const answer = async <T>(call: string, value: () => T): Promise<T> => {
        // Waits for one turn of the event loop, like a real call, so that concurrent work goes on.
        await new Promise(setImmediate);
        signal.throwIfAborted();
        calls.push(`${place} ${call}`);
        const refusal = refuse?.(`${place} ${call}`);
        signal.throwIfAborted();
        if (refusal !== undefined) throw refusal;
        return value();
      };
      const page = <T>(items: readonly T[], marker = '0') => {
        const end = Number(marker) + pageSize;
        return { items: items.slice(Number(marker), end), ...(end < items.length && { marker: String(end) }) };
      };
      const keyOf = (keyId: string): FakeKey => {
        const key = keys[keyId];
        if (key === undefined) throw sdkError('NotFoundException');
        return key;
      };
      return {
        listKeys: (marker) => answer(`ListKeys ${marker ?? ''}`, () => page(Object.keys(keys), marker)),
        listAliases: (marker) =>
          answer(`ListAliases ${marker ?? ''}`, () =>
            page(
              Object.entries(aliases).map(([name, keyId]) => ({ name, keyId })),
              marker,
            ),
          ),
        describeKey: (keyId) =>
          answer(`DescribeKey ${keyId}`, () => {
            const { policy, rotation, tags, grants, ...metadata } = keyOf(keyId);
            return {
              keyId,
              arn: `arn:aws:kms:${region}:${account}:key/${keyId}`,
              description: '',
              spec: 'SYMMETRIC_DEFAULT',
              usage: 'ENCRYPT_DECRYPT',
              origin: 'AWS_KMS',
              manager: 'CUSTOMER',
              enabled: true,
              state: 'Enabled',
              multiRegion: false,
              ...metadata,
            };
          }),
        keyPolicy: (keyId) => answer(`GetKeyPolicy ${keyId}`, () => keyOf(keyId).policy ?? defaultPolicy(account)),
        rotation: (keyId) => answer(`GetKeyRotationStatus ${keyId}`, () => keyOf(keyId).rotation ?? { enabled: false }),
        listTags: (keyId, marker) => answer(`ListResourceTags ${keyId}`, () => page(keyOf(keyId).tags ?? [], marker)),
        listGrants: (keyId, marker) => answer(`ListGrants ${keyId}`, () => page(keyOf(keyId).grants ?? [], marker)),
        close() {},
      };
    },
  };
  return { clients, calls };
}

/** Keeps the lines of each place in memory, as the command keeps them on disk. */
export function keeping() {
  const files = new Map<string, string>();
  return {
    files,
    kept: ({ account, region }: { readonly account: string; readonly region: string }) =>
      files.get(`${account}/${region}`) ?? '',
    keep: ({ account, region }: { readonly account: string; readonly region: string }, line: string) => {
      const path = `${account}/${region}`;
      files.set(path, (files.get(path) ?? '') + line);
    },
    sources: () => [...files].sort().map(([path, text]) => ({ path, text })),
  };
}
