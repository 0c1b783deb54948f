import type { AliasPage, Clients, Credentials, Identity, KeyFacts } from './clients.ts';
import { loadSdk, type Sdk } from './sdk.ts';

/** Says nothing: the SDK's default logger writes to the console, which is the command's. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

const clientSettings = {
  logger: silent,
  // Slows down by itself while a service throttles. Source: AWS SDKs and Tools Reference Guide, "Retry behavior".
  retryMode: 'adaptive',
  /** With the SDK's own 3 a burst of throttling that ends after a second or two would already be a failure. */
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000 },
};

/** ListAliases gives 50 a page unless asked for its maximum. Source: AWS KMS API Reference, ListAliases. */
const aliasesPerPage = 100;

/**
 * The calls over the network, by the AWS SDK, which honours AWS_ENDPOINT_URL and the other variables and files of the
 * SDKs by itself. Each profile's credentials are loaded once, however many places use them.
 */
export function createSdkClients(): Clients {
  let loading: Promise<Sdk> | undefined;
  const sdk = () => {
    loading ??= loadSdk();
    return loading;
  };
  const credentials = new Map<string | undefined, Promise<Credentials>>();
  return {
    credentials(profile) {
      const known = credentials.get(profile) ?? sdk().then((sdk) => loadCredentials(sdk, profile));
      credentials.set(profile, known);
      return known;
    },

    async sts(region, credentials, abortSignal) {
      const { STSClient, GetCallerIdentityCommand, AssumeRoleCommand } = (await sdk()).sts;
      const client = new STSClient({ ...clientSettings, region, credentials });
      return {
        async callerIdentity(): Promise<Identity> {
          const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand(), { abortSignal });
          return { account: Account, arn: Arn };
        },
        async assumeRole(roleArn): Promise<Credentials> {
          const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'keywright-lookup' });
          const { Credentials: given } = await client.send(command, { abortSignal });
          const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
          return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
        },
        close: () => client.destroy(),
      };
    },

    async kms(region, credentials, abortSignal) {
      const { KMSClient, DescribeKeyCommand, ListAliasesCommand } = (await sdk()).kms;
      const client = new KMSClient({ ...clientSettings, region, credentials });
      return {
        async describeKey(keyId): Promise<KeyFacts> {
          const { KeyMetadata: key } = await client.send(new DescribeKeyCommand({ KeyId: keyId }), { abortSignal });
          return {
            keyId: key?.KeyId ?? '',
            arn: key?.Arn ?? '',
            spec: key?.KeySpec ?? '',
            usage: key?.KeyUsage ?? '',
            manager: key?.KeyManager ?? '',
            multiRegion: key?.MultiRegion ?? false,
            state: key?.KeyState ?? '',
          };
        },
        async listAliases(marker): Promise<AliasPage> {
          const command = new ListAliasesCommand({ Limit: aliasesPerPage, Marker: marker });
          const { Aliases = [], NextMarker, Truncated } = await client.send(command, { abortSignal });
          const aliases = Aliases.map(({ AliasName = '', TargetKeyId }) => ({
            name: AliasName,
            ...(TargetKeyId !== undefined && { targetKeyId: TargetKeyId }),
          }));
          return { aliases, ...(Truncated === true && NextMarker !== undefined && { marker: NextMarker }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}

/**
 * A profile that the project names is the only source: the default chain would go on to others when the profile does
 * not exist, down to the role of the machine.
 */
async function loadCredentials({ credentials }: Sdk, profile: string | undefined): Promise<Credentials> {
  const { fromIni, fromNodeProviderChain } = credentials;
  const provider =
    profile === undefined ? fromNodeProviderChain({ logger: silent }) : fromIni({ profile, logger: silent });
  const { accessKeyId, secretAccessKey, sessionToken } = await provider();
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}
