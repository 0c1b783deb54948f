import { setMaxListeners } from 'node:events';
import type { KeyMetadata, KMSClient, KMSClientConfig } from '@aws-sdk/client-kms';
import { boundedAnswers } from './bounded-answers.ts';
import type { Clients, Closable, Credentials, KeyFacts, KmsCalls, Page } from './clients.ts';
import { loadSdk, type Sdk } from './sdk.ts';

/** Without a logger, parts of the SDK print warnings to the console, in the middle of the command's output. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** The default is 50. Source: AWS KMS API Reference, ListAliases. */
const aliasesPerPage = 100;

/** With the SDK's default of 3 attempts, a second or two of throttling would already be a failure. */
const attempts = 5;

/** The size limit of an answer, in bytes. A page of a hundred aliases has some 60,000, every other answer a few thousand. */
const longestAnswer = 1_000_000;

/**
 * Returns clients that use the AWS SDK. The SDK itself honours AWS_ENDPOINT_URL and the other variables and files of AWS SDKs. The
 * credentials of a profile are loaded once, however many places use them.
 *
 * @param requestTimeout the time limit for an attempt including the answer, in milliseconds; KMS and STS answer in a fraction of a second
 */
export function createSdkClients({ requestTimeout = 10_000 } = {}): Clients {
  return createClients(lookupCalls, { requestTimeout });
}

/** Makes the calls of a lookup through an SDK client. Each command gets the signal. */
export type CallsThrough<Kms extends Closable> = (kms: Sdk['kms'], client: KMSClient, abortSignal: AbortSignal) => Kms;

/** Settings of the client for one region, in addition to those of all clients. */
export type ClientSettings = (region: string) => Pick<KMSClientConfig, 'serviceId' | 'endpointProvider'>;

/** Like `createSdkClients`, but for other calls of KMS, or for another service that is called in the same way. */
export function createClients<Kms extends Closable>(
  callsThrough: CallsThrough<Kms>,
  {
    requestTimeout = 10_000,
    settingsOf,
  }: { readonly requestTimeout?: number; readonly settingsOf?: ClientSettings } = {},
): Clients<Kms> {
  const bounds = boundedAnswers({ time: requestTimeout, size: longestAnswer });
  let loading: Promise<Sdk> | undefined;
  const sdk = () => {
    loading ??= loadSdk();
    return loading;
  };
  const settings = (region: string, credentials: Credentials, signal: AbortSignal) => {
    // Every running call listens to the signal. Node considers more than ten listeners a leak, and warns on stderr.
    setMaxListeners(0, signal);
    return {
      region,
      credentials,
      logger: silent,
      // `adaptive` slows down by itself while a service throttles. Source: AWS SDKs and Tools Reference Guide, "Retry behavior".
      retryMode: 'adaptive',
      ...(process.env.AWS_MAX_ATTEMPTS === undefined && { maxAttempts: attempts }),
      // Without `throwOnRequestTimeout`, the SDK only logs the timeout and keeps waiting.
      requestHandler: { connectionTimeout: 5_000, requestTimeout, throwOnRequestTimeout: true },
    };
  };
  const credentials = new Map<string | undefined, Promise<Credentials>>();

  return {
    credentials(profile, region, signal) {
      const loading = credentials.get(profile) ?? sdk().then((sdk) => loadCredentials(sdk, profile, region, bounds));
      credentials.set(profile, loading);
      return unlessAborted(loading, signal);
    },

    async sts(region, credentials, abortSignal) {
      const { STSClient, GetCallerIdentityCommand, AssumeRoleCommand } = (await sdk()).sts;
      const client = new STSClient(settings(region, credentials, abortSignal));
      client.middlewareStack.use(bounds);
      return {
        async callerIdentity() {
          const { Account, Arn } = await client.send(new GetCallerIdentityCommand(), { abortSignal });
          return { account: present(Account, 'Account'), arn: present(Arn, 'Arn') };
        },
        async assumeRole(roleArn) {
          const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'keywright-lookup' });
          const { Credentials: given } = await client.send(command, { abortSignal });
          return {
            accessKeyId: present(given?.AccessKeyId, 'AccessKeyId'),
            secretAccessKey: present(given?.SecretAccessKey, 'SecretAccessKey'),
            sessionToken: present(given?.SessionToken, 'SessionToken'),
          };
        },
        close: () => client.destroy(),
      };
    },

    async kms(region, credentials, abortSignal) {
      const { kms } = await sdk();
      const client = new kms.KMSClient({ ...settings(region, credentials, abortSignal), ...settingsOf?.(region) });
      client.middlewareStack.use(bounds);
      return callsThrough(kms, client, abortSignal);
    },
  };
}

export const lookupCalls: CallsThrough<KmsCalls> = (
  { DescribeKeyCommand, ListAliasesCommand },
  client,
  abortSignal,
) => ({
  async describeKey(keyId) {
    const { KeyMetadata: key } = await client.send(new DescribeKeyCommand({ KeyId: keyId }), { abortSignal });
    return keyFactsOf(key);
  },
  async listAliases(marker) {
    const command = new ListAliasesCommand({ Limit: aliasesPerPage, Marker: marker });
    const { Aliases = [], ...end } = await client.send(command, { abortSignal });
    const aliases = Aliases.map(({ AliasName, TargetKeyId }) => ({
      name: present(AliasName, 'AliasName'),
      ...(TargetKeyId !== undefined && { keyId: TargetKeyId }),
    }));
    return pageOf(aliases, end);
  },
  close: () => client.destroy(),
});

/** Returns the facts in DescribeKey's answer. */
export function keyFactsOf(key: KeyMetadata | undefined): KeyFacts {
  return {
    keyId: present(key?.KeyId, 'KeyId'),
    arn: present(key?.Arn, 'Arn'),
    spec: present(key?.KeySpec, 'KeySpec'),
    // moto's answer omits the usage if CreateKey got none. This is CreateKey's default.
    usage: key?.KeyUsage ?? 'ENCRYPT_DECRYPT',
    manager: present(key?.KeyManager, 'KeyManager'),
    multiRegion: key?.MultiRegion ?? false,
    state: present(key?.KeyState, 'KeyState'),
  };
}

/** The end of an answer with a list. */
interface End {
  readonly Truncated?: boolean | undefined;
  readonly NextMarker?: string | undefined;
}

export function pageOf<T>(items: readonly T[], { Truncated, NextMarker }: End): Page<T> {
  return { items, ...(Truncated === true && { marker: present(NextMarker, 'NextMarker') }) };
}

/**
 * A profile that the project names is the only source of credentials. If the profile does not exist, the default chain would try other
 * sources, even the machine's role.
 */
async function loadCredentials(
  { credentials: { fromIni, fromNodeProviderChain } }: Sdk,
  profile: string | undefined,
  region: string,
  bounds: ReturnType<typeof boundedAnswers>,
): Promise<Credentials> {
  const init = {
    logger: silent,
    clientPlugins: [bounds],
    // Used for a profile that assumes a role and has no region. Otherwise, the SDK would use us-east-1, which other partitions do not have,
    // and would warn on the console.
    parentClientConfig: { region: process.env.AWS_REGION ?? region },
  };
  const provider = profile === undefined ? fromNodeProviderChain(init) : fromIni({ ...init, profile });
  const { accessKeyId, secretAccessKey, sessionToken } = await provider();
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

/**
 * Stops waiting for work when the signal is aborted. Loading credentials cannot be aborted, and may wait for a person
 * (`credential_process`).
 */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * Returns a field of an answer, or throws if it is missing. AWS always returns it, but another endpoint (AWS_ENDPOINT_URL) may omit it, and
 * nothing incomplete must be recorded.
 */
export function present(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new Error(`the answer has no ${name}`);
  return value;
}
