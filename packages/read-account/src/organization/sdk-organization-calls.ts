/**
 * Calls AWS Organizations through the SDK's KMS client. Both services use JSON 1.1, so their requests differ only in endpoint, signing
 * name, target and body. The SDK's client for Organizations has sixty operations, of which four are needed here. It would add about 100 KB
 * to a command that has to stay below 3 MB.
 */
import { type CallsThrough, type ClientSettings, present } from '@keywright/lookup/sdk-clients';
import * as z from 'zod';
import type { OrganizationCalls } from './organization-calls.ts';

/** The only region of Organizations in each partition. Source: AWS General Reference, "AWS Organizations endpoints and quotas". */
const homes: Readonly<Record<string, { readonly region: string; readonly suffix: string }>> = {
  aws: { region: 'us-east-1', suffix: 'amazonaws.com' },
  'aws-cn': { region: 'cn-northwest-1', suffix: 'amazonaws.com.cn' },
  'aws-us-gov': { region: 'us-gov-west-1', suffix: 'amazonaws.com' },
};

/** The region of Organizations in a partition; `undefined` if the partition has none. */
export function organizationsRegion(partition: string): string | undefined {
  return homes[partition]?.region;
}

/** The settings that make a KMS client send its requests to Organizations in its region. */
export const organizationsSettings: ClientSettings = (region) => ({
  // Makes the SDK use AWS_ENDPOINT_URL_ORGANIZATIONS.
  serviceId: 'Organizations',
  endpointProvider: ({ Endpoint }) => {
    const home = Object.values(homes).find((one) => one.region === region);
    const url = new URL(asUrl(Endpoint) ?? `https://organizations.${region}.${home?.suffix ?? 'amazonaws.com'}`);
    const scheme = { name: 'sigv4', signingName: 'organizations', signingRegion: region, properties: {} };
    return { url, properties: { authSchemes: [scheme] } };
  },
});

/** The SDK provides a configured endpoint as text or in parts. */
function asUrl(endpoint: unknown): string | undefined {
  if (typeof endpoint === 'string') return endpoint;
  const parts = endpoint as
    | { protocol?: string; hostname?: string; port?: number; path?: string; url?: URL }
    | undefined;
  if (parts?.url !== undefined) return parts.url.href;
  if (parts?.hostname === undefined) return undefined;
  const port = parts.port === undefined ? '' : `:${parts.port}`;
  return `${parts.protocol ?? 'https:'}//${parts.hostname}${port}${parts.path ?? ''}`;
}

const marker = z.string().nullish();
const units = z.array(z.object({ Id: z.string().optional(), Name: z.string().optional() }));
const roots = z.object({ Roots: units, NextToken: marker });
const unitsBelow = z.object({ OrganizationalUnits: units, NextToken: marker });
const accountsBelow = z.object({
  Accounts: z.array(
    z.object({
      Id: z.string().optional(),
      Name: z.string().optional(),
      State: z.string().nullish(),
      /** Older answers have `Status` in place of `State`. */
      Status: z.string().nullish(),
    }),
  ),
  NextToken: marker,
});
const tagsOf = z.object({
  Tags: z.array(z.object({ Key: z.string().optional(), Value: z.string().optional() })),
  NextToken: marker,
});

interface Passing {
  readonly request: { headers: Record<string, string>; body: unknown };
}

/** The part of an answer that is used. A middleware nearer to the connection (priority `low`) has already read the body. */
interface Passed {
  readonly response: { readonly statusCode: number; readonly body: Uint8Array };
}

type Through = Parameters<CallsThrough<OrganizationCalls>>;

/** Calls operations of AWS Organizations through a KMS client. Throws if an answer does not match the schema `answer`. */
function operationsThrough(kms: Through[0], client: Through[1], abortSignal: AbortSignal) {
  return async <T extends z.ZodType>(operation: string, input: object, answer: T): Promise<z.infer<T>> => {
    // Any KMS operation without required input is suitable, because its target and body are replaced before signing.
    const command = new kms.ListKeysCommand({});
    let text = '';
    command.middlewareStack.add(
      (next) => (args) => {
        const { request } = args as Passing;
        request.headers['x-amz-target'] = `AWSOrganizationsV20161128.${operation}`;
        request.body = JSON.stringify(input);
        return next(args);
      },
      { step: 'build', priority: 'high', name: 'keywrightOrganizationsRequest' },
    );
    command.middlewareStack.add(
      (next) => async (args) => {
        const passed = await next(args);
        const { statusCode, body } = (passed as unknown as Passed).response;
        if (statusCode < 300) text = Buffer.from(body).toString('utf8');
        return passed;
      },
      { step: 'deserialize', name: 'keywrightOrganizationsAnswer', priority: 'normal' },
    );
    await client.send(command, { abortSignal });
    const parsed = answer.safeParse(JSON.parse(text));
    if (!parsed.success) throw new Error(`the answer to ${operation} has an unexpected form`);
    return parsed.data;
  };
}

/** Makes the calls through the AWS SDK. Source of the operations: AWS Organizations API Reference. */
export const organizationCallsThrough: CallsThrough<OrganizationCalls> = (kms, client, abortSignal) => {
  const call = operationsThrough(kms, client, abortSignal);
  const withMarker = (NextToken: string | null | undefined) => (NextToken ? { marker: NextToken } : {});
  const unitOf = ({ Id, Name }: z.infer<typeof units>[number]) => ({
    id: present(Id, 'Id'),
    name: present(Name, 'Name'),
  });

  return {
    async roots(NextToken) {
      const { Roots, ...end } = await call('ListRoots', { NextToken }, roots);
      return { items: Roots.map(unitOf), ...withMarker(end.NextToken) };
    },
    async units(ParentId, NextToken) {
      const page = await call('ListOrganizationalUnitsForParent', { ParentId, NextToken }, unitsBelow);
      return { items: page.OrganizationalUnits.map(unitOf), ...withMarker(page.NextToken) };
    },
    async accounts(ParentId, NextToken) {
      const { Accounts, ...end } = await call('ListAccountsForParent', { ParentId, NextToken }, accountsBelow);
      const items = Accounts.map(({ Id, Name, State, Status }) => ({
        id: present(Id, 'Id'),
        name: Name ?? '',
        state: State ?? Status ?? '',
      }));
      return { items, ...withMarker(end.NextToken) };
    },
    async tags(ResourceId, NextToken) {
      const { Tags, ...end } = await call('ListTagsForResource', { ResourceId, NextToken }, tagsOf);
      return {
        items: Tags.map(({ Key, Value }) => ({ name: present(Key, 'Key'), value: Value ?? '' })),
        ...withMarker(end.NextToken),
      };
    },
    close: () => client.destroy(),
  };
};
