import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Stack } from '@keywright/core/ir/program';

/** Where a stack, or a part of it, is deployed. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The services in one place. IAM has no regions, but the region determines the partition. */
export interface Services {
  readonly place: Place;
  readonly kms: KMSClient;
  readonly iam: IAMClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

/** Returns the services in a place of the emulator. Their contents last until it is reset. */
export type Cloud = (place: Place) => Services;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Returns the credentials for an account of the emulator. */
export function credentialsAt(endpoint: string): (account: string) => Promise<Credentials> {
  const anybody = { accessKeyId: 'anybody', secretAccessKey: 'secret' };
  const sts = new STSClient({ endpoint, region: 'us-east-1', credentials: anybody });
  return remembered(async (account: string) => {
    const role = { RoleArn: `arn:aws:iam::${account}:role/Deployer`, RoleSessionName: 'conformance' };
    const { Credentials: given } = await sts.send(new AssumeRoleCommand(role));
    if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined)
      throw new Error(`no credentials for ${account}`);
    // Leaves out the session token and the expiry, because moto identifies accounts by the access key alone.
    return { accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey };
  });
}

export function openCloud(endpoint: string): Cloud {
  const credentials = credentialsAt(endpoint);
  const services = remembered((key: string): Services => {
    const [account = '', region = ''] = key.split('/');
    const settings = { endpoint, region, credentials: () => credentials(account) };
    return {
      place: { account, region },
      kms: new KMSClient(settings),
      iam: new IAMClient(settings),
      ssm: new SSMClient(settings),
      sts: new STSClient(settings),
    };
  });
  return ({ account, region }) => services(`${account}/${region}`);
}

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** Returns the place of a stack. A stack without an environment is in a place that no project names. */
export function placeOf({ environment }: Pick<Stack, 'environment'>): Place {
  return { account: environment.account ?? '000000000000', region: environment.region ?? 'ca-central-1' };
}

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export function dnsSuffixOf(region: string): string {
  const others: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn', 'aws-iso': 'c2s.ic.gov' };
  return others[partitionOf(region)] ?? 'amazonaws.com';
}
