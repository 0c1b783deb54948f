/** Makes the calls to the services for resources of all tools. Returns the values that other resources can refer to. */
import {
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  type CreateGrantRequest,
  CreateKeyCommand,
  type CreateKeyRequest,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  type KeyMetadata,
  type KMSClient,
  ReplicateKeyCommand,
} from '@aws-sdk/client-kms';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Cloud, Place, Services } from './cloud.ts';

export interface Made {
  readonly id: string;
  readonly arn: string;
}

export type TagMap = Readonly<Record<string, string>>;

export interface KeyWanted {
  readonly request: Omit<CreateKeyRequest, 'Tags'>;
  readonly tags: TagMap;
  readonly enabled: boolean;
  /** A period, or `true` for KMS's default; `false` if rotation is not enabled. */
  readonly rotation: number | boolean;
}

/**
 * Makes a key. The order of the calls is that of CloudFormation and Terraform's provider, since rotation of a disabled key cannot be
 * changed.
 */
export async function makeKey({ kms }: Services, { request, tags, enabled, rotation }: KeyWanted): Promise<Made> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ ...request, Tags: tagList(tags) }));
  const made = madeOf(KeyMetadata);
  if (rotation !== false) {
    const period = typeof rotation === 'number' ? { RotationPeriodInDays: rotation } : {};
    await kms.send(new EnableKeyRotationCommand({ KeyId: made.id, ...period }));
  }
  if (!enabled) await disable(kms, made);
  return made;
}

export interface ReplicaWanted {
  readonly primaryArn: string;
  readonly policy: string | undefined;
  readonly description: string | undefined;
  readonly tags: TagMap;
  readonly enabled: boolean;
}

/** Makes a replica. `place` is that of the replica; KMS is called in the region of the primary. */
export async function makeReplica(cloud: Cloud, place: Place, wanted: ReplicaWanted): Promise<Made> {
  const { primaryArn, policy, description, tags, enabled } = wanted;
  const [, , , region = ''] = primaryArn.split(':');
  const { ReplicaKeyMetadata } = await cloud({ ...place, region }).kms.send(
    new ReplicateKeyCommand({
      KeyId: primaryArn.slice(primaryArn.indexOf('/') + 1),
      ReplicaRegion: place.region,
      Policy: policy,
      Description: description,
      Tags: tagList(tags),
    }),
  );
  const made = madeOf(ReplicaKeyMetadata);
  if (!enabled) await disable(cloud(place).kms, made);
  return made;
}

function madeOf({ KeyId, Arn }: Partial<KeyMetadata> = {}): Made {
  if (KeyId === undefined || Arn === undefined) throw new Error('KMS made a key without an id');
  return { id: KeyId, arn: Arn };
}

async function disable(kms: KMSClient, { id }: Made): Promise<void> {
  await kms.send(new DisableKeyCommand({ KeyId: id }));
}

export async function makeAlias({ kms, place }: Services, name: string, keyId: string): Promise<void> {
  const [, , , region, account] = keyId.split(':');
  // The ARN of a key in another place would be taken for the id of a key in this place.
  if (keyId.startsWith('arn:') && (region !== place.region || account !== place.account))
    throw new Error(`${name} is in another place than ${keyId}`);
  await kms.send(new CreateAliasCommand({ AliasName: name, TargetKeyId: keyId }));
}

/**
 * Makes a grant. KMS accepts the ARN of a key of another account in the same region (AWS KMS API reference, CreateGrant). moto finds a key
 * only from the key's own account, so the call is made in that account.
 */
export async function makeGrant(cloud: Cloud, place: Place, request: CreateGrantRequest): Promise<string> {
  const [, , , region, account] = request.KeyId?.startsWith('arn:') ? request.KeyId.split(':') : [];
  if (region !== undefined && region !== place.region) throw new Error(`${request.KeyId} is not in ${place.region}`);
  const { kms } = cloud({ ...place, account: account ?? place.account });
  return (await kms.send(new CreateGrantCommand(request))).GrantId ?? '';
}

export interface PrincipalWanted {
  readonly kind: 'role' | 'user' | 'group';
  readonly name: string;
  readonly path?: string;
  readonly description?: string | undefined;
  /** The trust policy of a role. */
  readonly trust?: string;
  readonly tags?: TagMap;
}

export async function makePrincipal({ iam }: Services, wanted: PrincipalWanted): Promise<Made> {
  const { kind, name, path = '/', description, trust, tags = {} } = wanted;
  // Source: IAM API reference, CreateRole, CreateUser and CreateGroup. moto accepts any name.
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) throw new Error(`IAM refuses a ${kind} called ${name}`);
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const arn = await {
    role: async () => {
      const role = { RoleName: name, Path: path, Description: description, AssumeRolePolicyDocument: trust, Tags };
      return (await iam.send(new CreateRoleCommand(role))).Role?.Arn;
    },
    user: async () => (await iam.send(new CreateUserCommand({ UserName: name, Path: path, Tags }))).User?.Arn,
    group: async () => (await iam.send(new CreateGroupCommand({ GroupName: name, Path: path }))).Group?.Arn,
  }[kind]();
  if (arn === undefined) throw new Error(`IAM made ${kind} ${name} without an ARN`);
  return { id: name, arn };
}

export async function putPolicy(
  { iam }: Services,
  attachTo: { readonly kind: PrincipalWanted['kind']; readonly name: string },
  name: string,
  document: string,
): Promise<void> {
  const policy = { PolicyName: name, PolicyDocument: document };
  switch (attachTo.kind) {
    case 'role':
      await iam.send(new PutRolePolicyCommand({ RoleName: attachTo.name, ...policy }));
      return;
    case 'user':
      await iam.send(new PutUserPolicyCommand({ UserName: attachTo.name, ...policy }));
      return;
    case 'group':
      await iam.send(new PutGroupPolicyCommand({ GroupName: attachTo.name, ...policy }));
  }
}

export async function makeParameter({ ssm }: Services, name: string, value: string, tags: TagMap): Promise<void> {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await ssm.send(new PutParameterCommand({ Name: name, Type: 'String', Value: value, Tags: list }));
}

function tagList(tags: TagMap) {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}
