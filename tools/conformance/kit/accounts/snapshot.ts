/** Reads through the services what accounts contain after a deployment. */

import { GetRoleCommand, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type GrantListEntry,
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
  paginateListResourceTags,
} from '@aws-sdk/client-kms';
import { ListTagsForResourceCommand, paginateGetParametersByPath } from '@aws-sdk/client-ssm';
import { byName } from '@keywright/core/collections/by-name';
import type { Cloud, Place, Services } from '../cloud/cloud.ts';

/** A thing in an account, as plain JSON. Properties that do not apply to the thing are absent. */
export type Thing = KeyThing | PrincipalThing | ParameterThing | ReportToTool;

export interface KeyThing {
  readonly kind: 'key';
  readonly arn: string;
  readonly description: string;
  readonly spec: string;
  readonly usage: string;
  readonly origin: string;
  readonly state: string;
  readonly keyStore?: string | undefined;
  readonly externalKey?: string | undefined;
  readonly multiRegion?: {
    readonly type: string;
    readonly primary: string;
    /** The ARNs of the replicas. */
    readonly replicas: readonly string[];
  };
  /** The rotation period in days; absent if the key does not rotate. */
  readonly rotation?: number | undefined;
  readonly policy: unknown;
  readonly tags: Readonly<Record<string, string>>;
  /** Sorted by name. */
  readonly grants: readonly GrantEntry[];
  readonly aliases: readonly string[];
}

export interface GrantEntry {
  readonly name: string;
  readonly grantee: string | undefined;
  readonly retiring: string | undefined;
  /** Sorted. */
  readonly operations: readonly string[];
  readonly equals: Readonly<Record<string, string>> | undefined;
  readonly subset: Readonly<Record<string, string>> | undefined;
}

export interface PrincipalThing {
  readonly kind: 'role' | 'user' | 'group';
  readonly arn: string;
  readonly description?: string | undefined;
  readonly trust?: unknown;
  /** The inline policies, by name. */
  readonly policies: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ParameterThing {
  readonly kind: 'parameter';
  readonly arn: string;
  readonly type: string;
  readonly value: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A fact about a stack that only the tool knows: no AWS service shows it. */
export interface ReportToTool {
  readonly kind: 'report';
  readonly stack: string;
  readonly about: string;
  readonly value: unknown;
}

export interface Snapshot {
  readonly things: readonly Thing[];
  /** The ids and names in `things` that the service or the tool generated. They differ in the next deployment. */
  readonly madeUp: ReadonlySet<string>;
}

/**
 * Reads IAM in each account, and all other services in each place. `isGiven` says whether the id of a key or the ARN of a principal is not
 * generated.
 */
export async function readAccounts(
  cloud: Cloud,
  accounts: readonly Place[],
  places: readonly Place[],
  isGiven: (idOrArn: string) => boolean,
): Promise<Snapshot> {
  const things: Thing[] = [];
  const oncePerAccount = new Map(accounts.map((place) => [place.account, place]));
  for (const place of oncePerAccount.values()) things.push(...(await readPrincipals(cloud(place))));
  for (const place of places) {
    things.push(...(await readKeys(cloud(place))));
    things.push(...(await readParameters(cloud(place))));
  }
  const madeUp = things.flatMap((thing) => {
    if (thing.kind === 'report' || thing.kind === 'parameter') return [];
    const name = thing.arn.slice(thing.arn.lastIndexOf('/') + 1);
    return isGiven(thing.kind === 'key' ? name : thing.arn) ? [] : [name];
  });
  return { things, madeUp: new Set(madeUp) };
}

async function readKeys({ kms: client }: Services): Promise<readonly KeyThing[]> {
  const aliases = new Map<string, string[]>();
  for await (const page of paginateListAliases({ client }, {})) {
    for (const { AliasName: name = '', TargetKeyId: id = '' } of page.Aliases ?? []) {
      // Leaves out AWS's own aliases, which moto lists although nobody has used them.
      if (!name.startsWith('alias/aws/')) aliases.set(id, [...(aliases.get(id) ?? []), name].sort());
    }
  }
  const ids: string[] = [];
  for await (const page of paginateListKeys({ client }, {})) {
    for (const { KeyId } of page.Keys ?? []) ids.push(KeyId ?? '');
  }
  const dangling = [...aliases].find(([id]) => !ids.includes(id));
  if (dangling !== undefined) throw new Error(`${dangling[1]} point to ${dangling[0]}, which is not a key here`);
  const keys: KeyThing[] = [];
  for (const id of ids) keys.push(await readKey(client, id, aliases.get(id) ?? []));
  return keys;
}

async function readKey(client: Services['kms'], KeyId: string, aliases: readonly string[]): Promise<KeyThing> {
  const [{ KeyMetadata: key }, { Policy = '' }, rotation, tags, grants] = await Promise.all([
    client.send(new DescribeKeyCommand({ KeyId })),
    client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })),
    client.send(new GetKeyRotationStatusCommand({ KeyId })),
    all(paginateListResourceTags({ client }, { KeyId }), ({ Tags = [] }) => Tags),
    all(paginateListGrants({ client }, { KeyId }), ({ Grants = [] }) => Grants),
  ]);
  if (key === undefined) throw new Error(`KMS describes no key ${KeyId}`);
  const regions = key.MultiRegionConfiguration;
  return {
    kind: 'key',
    arn: key.Arn ?? '',
    description: key.Description ?? '',
    spec: key.KeySpec ?? '',
    usage: key.KeyUsage ?? '',
    origin: key.Origin ?? '',
    state: key.KeyState ?? '',
    keyStore: key.CustomKeyStoreId,
    externalKey: key.XksKeyConfiguration?.Id,
    ...(regions !== undefined && {
      multiRegion: {
        type: regions.MultiRegionKeyType ?? '',
        primary: regions.PrimaryKey?.Arn ?? '',
        replicas: (regions.ReplicaKeys ?? []).map(({ Arn = '' }) => Arn).sort(), // they differ only in their region
      },
    }),
    rotation: rotation.KeyRotationEnabled ? rotation.RotationPeriodInDays : undefined,
    policy: JSON.parse(Policy),
    tags: Object.fromEntries(tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue])),
    grants: grants.map(grantEntry).sort(byName),
    aliases,
  };
}

function grantEntry(grant: GrantListEntry): GrantEntry {
  const { Name = '', GranteePrincipal, RetiringPrincipal, Operations = [], Constraints } = grant;
  return {
    name: Name,
    grantee: GranteePrincipal,
    retiring: RetiringPrincipal,
    operations: [...Operations].sort(),
    equals: Constraints?.EncryptionContextEquals,
    subset: Constraints?.EncryptionContextSubset,
  };
}

async function readPrincipals({ iam: client }: Services): Promise<readonly PrincipalThing[]> {
  const things: PrincipalThing[] = [];
  const details = paginateGetAccountAuthorizationDetails({ client }, { Filter: ['Role', 'User', 'Group'] });
  for await (const { RoleDetailList = [], UserDetailList = [], GroupDetailList = [] } of details) {
    for (const { Arn = '', RoleName, AssumeRolePolicyDocument = '', RolePolicyList, Tags } of RoleDetailList) {
      const { Role } = await client.send(new GetRoleCommand({ RoleName }));
      const trust = document(AssumeRolePolicyDocument);
      const description = Role?.Description;
      things.push({
        kind: 'role',
        arn: Arn,
        description,
        trust,
        policies: policies(RolePolicyList),
        tags: iamTags(Tags),
      });
    }
    for (const { Arn = '', UserPolicyList, Tags } of UserDetailList)
      things.push({ kind: 'user', arn: Arn, policies: policies(UserPolicyList), tags: iamTags(Tags) });
    for (const { Arn = '', GroupPolicyList } of GroupDetailList)
      things.push({ kind: 'group', arn: Arn, policies: policies(GroupPolicyList), tags: {} });
  }
  return things;
}

function policies(list: readonly { PolicyName?: string | undefined; PolicyDocument?: string | undefined }[] = []) {
  return Object.fromEntries(
    list.map(({ PolicyName = '', PolicyDocument = '' }) => [PolicyName, document(PolicyDocument)]),
  );
}

/** IAM returns URL-encoded documents. moto sometimes does not encode them. */
function document(text: string): unknown {
  return JSON.parse(text.startsWith('{') ? text : decodeURIComponent(text));
}

function iamTags(tags: readonly { Key: string | undefined; Value: string | undefined }[] = []) {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

async function readParameters({ ssm: client }: Services): Promise<readonly ParameterThing[]> {
  const found = await all(
    paginateGetParametersByPath({ client }, { Path: '/', Recursive: true }),
    ({ Parameters = [] }) => Parameters,
  );
  return Promise.all(
    found.map(async ({ ARN = '', Name = '', Type = '', Value = '' }): Promise<ParameterThing> => {
      const { TagList = [] } = await client.send(
        new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: Name }),
      );
      const tags = Object.fromEntries(TagList.map((tag) => [tag.Key ?? '', tag.Value ?? '']));
      return { kind: 'parameter', arn: ARN, type: Type, value: Value, tags };
    }),
  );
}

async function all<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => readonly Item[]): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...items(page));
  return found;
}
