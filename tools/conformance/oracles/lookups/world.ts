import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DescribeKeyCommand,
  DisableKeyCommand,
  KMSClient,
  ListAliasesCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type Entry, nameOf } from './entry.ts';

/** The account of a caller that has not assumed a role. Source: moto, `ACCOUNT_ID`. */
export const base = '123456789012';
export const data = '444455556666';
export const lake = '777788889999';
/** The account with a thousand aliases, in eu-west-1. */
export const crowd = '111122223333';

export const regions = ['ap-southeast-2', 'eu-west-1', 'us-east-1'] as const;

export const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

export const crowdAliases = 1000;
const crowdKeys = 40;

/**
 * Keys of every kind, by the last part of their alias. moto can make some of these only because it uses AWS's own list of specs
 * (kit/moto/additions/sitecustomize.py).
 */
const kinds: Readonly<Record<string, CreateKeyCommandInput>> = {
  symmetric: {},
  'multi-region': { MultiRegion: true },
  rsa: { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
  'rsa-sign': { KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' },
  ecc: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
  agreement: { KeySpec: 'ECC_NIST_P384', KeyUsage: 'KEY_AGREEMENT' },
  hmac: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
  'ml-dsa': { KeySpec: 'ML_DSA_65', KeyUsage: 'SIGN_VERIFY' },
};

/** The aliases of these keys, in the data account, in eu-west-1. */
export const aliasesOfKinds = Object.keys(kinds).map((kind) => `alias/kinds/${kind}`);

/** The contents of the accounts in moto, read without any code of Keywright. */
export interface World {
  readonly moto: string;
  /** All aliases, by `account/region/alias`. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** The aliases whose key cannot be used. */
  readonly pendingDeletion: ReadonlySet<string>;
  countIn(account: string, region: string): number;
}

/** Fills the accounts, then reads everything in them. */
export async function makeWorld(moto: string): Promise<World> {
  const places = [
    ...[base, data, lake].flatMap((account) => regions.map((region) => ({ account, region }))),
    { account: crowd, region: 'eu-west-1' },
  ];
  for (const { account, region } of places) {
    const kms = await clientOf(moto, account, region);
    if (account === crowd) await makeCrowd(kms);
    else await makeOrdinary(kms, account === data && region === 'eu-west-1');
    kms.destroy();
  }
  const read = await Promise.all(places.map((place) => readPlace(moto, place)));
  const found = read.flatMap(({ found }) => found);
  return {
    moto,
    entries: new Map(found.map(({ entry }) => [nameOf(entry), entry])),
    pendingDeletion: new Set(found.flatMap(({ entry, state }) => (state === 'PendingDeletion' ? [nameOf(entry)] : []))),
    countIn(account, region) {
      const index = places.findIndex((place) => place.account === account && place.region === region);
      return read[index]?.count ?? 0;
    },
  };
}

async function makeOrdinary(kms: KMSClient, withKinds: boolean): Promise<void> {
  for (const alias of [
    'shared',
    'orders',
    'team/a',
    'team/b',
    ...Array.from({ length: 12 }, (_, index) => `n${index}`),
  ]) {
    await makeKey(kms, {}, [`alias/${alias}`]);
  }
  await makeKey(kms, {}, ['alias/same-one', 'alias/same-two']);
  const doomed = await makeKey(kms, {}, ['alias/doomed']);
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId: doomed, PendingWindowInDays: 7 }));
  const disabled = await makeKey(kms, {}, ['alias/disabled']);
  await kms.send(new DisableKeyCommand({ KeyId: disabled }));
  if (!withKinds) return;
  for (const [kind, input] of Object.entries(kinds)) await makeKey(kms, input, [`alias/kinds/${kind}`]);
}

async function makeCrowd(kms: KMSClient): Promise<void> {
  for (let key = 0; key < crowdKeys; key += 1) {
    const indices = Array.from({ length: crowdAliases / crowdKeys }, (_, index) => index * crowdKeys + key);
    await makeKey(kms, {}, indices.map(crowdAlias));
  }
}

export function crowdAlias(index: number): string {
  return `alias/team-${index % 7}/${index}`;
}

async function makeKey(kms: KMSClient, input: CreateKeyCommandInput, aliases: readonly string[]): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  const keyId = KeyMetadata?.KeyId;
  if (keyId === undefined) throw new Error('moto made a key without an id');
  for (const alias of aliases) await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId }));
  return keyId;
}

async function clientOf(moto: string, account: string, region: string): Promise<KMSClient> {
  const settings = { endpoint: moto, region, credentials };
  if (account === base) return new KMSClient(settings);
  const sts = new STSClient(settings);
  const role = { RoleArn: `arn:aws:iam::${account}:role/Oracle`, RoleSessionName: 'oracle' };
  const { Credentials: given } = await sts.send(new AssumeRoleCommand(role));
  sts.destroy();
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
  const assumed = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return new KMSClient({ ...settings, credentials: assumed });
}

interface Place {
  readonly account: string;
  readonly region: string;
}

interface AliasEntry {
  readonly entry: Entry;
  readonly state: string | undefined;
}

async function readPlace(
  moto: string,
  { account, region }: Place,
): Promise<{ found: readonly AliasEntry[]; count: number }> {
  const kms = await clientOf(moto, account, region);
  const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
  const found: AliasEntry[] = [];
  const metadata = new Map<string, Promise<AliasEntry>>();
  for (const { AliasName: alias = '', TargetKeyId: target = '' } of Aliases) {
    if (alias.startsWith('alias/aws/')) continue; // moto also lists aliases of keys that do not exist
    const known = metadata.get(target) ?? describe(kms, { account, region }, target);
    metadata.set(target, known);
    const { entry, state } = await known;
    found.push({ entry: { ...entry, alias }, state });
  }
  kms.destroy();
  return { found, count: Aliases.length };
}

async function describe(kms: KMSClient, { account, region }: Place, target: string): Promise<AliasEntry> {
  const { KeyMetadata: key } = await kms.send(new DescribeKeyCommand({ KeyId: target }));
  const {
    KeyId: keyId,
    Arn: arn,
    KeySpec: spec,
    KeyUsage: usage,
    KeyManager: manager,
    MultiRegion: multiRegion,
  } = key ?? {};
  if (!keyId || !arn || !spec || !usage || !manager || multiRegion === undefined) {
    throw new Error(`moto says too little of ${target}: ${JSON.stringify(key)}`);
  }
  return { entry: { account, region, alias: '', keyId, arn, spec, usage, manager, multiRegion }, state: key?.KeyState };
}
