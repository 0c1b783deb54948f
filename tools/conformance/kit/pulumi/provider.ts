/**
 * Does what Terraform's AWS provider does for each type of resource, with Pulumi's names of types and arguments: `isEnabled` for
 * `is_enabled`. Pulumi's provider is made from Terraform's.
 */
import type { CreateGrantRequest, CreateKeyRequest } from '@aws-sdk/client-kms';
import { runtime } from '@pulumi/pulumi';
import { type Cloud, partitionOf, type Services } from '../cloud/cloud.ts';
import type { GrantSettings, KeySettings } from '../cloud/deployed.ts';
import {
  makeAlias,
  makeGrant,
  makeKey,
  makeParameter,
  makePrincipal,
  makeReplica,
  putPolicy,
  type TagMap,
} from '../cloud/make.ts';

export type Inputs = Readonly<Record<string, unknown>>;

export interface RequestedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

export interface Result {
  readonly id: string;
  readonly arn?: string;
  readonly state?: Inputs;
}

interface ResourceType {
  /** The allowed properties. The calls below would ignore any other property. */
  readonly properties: readonly string[];
  make(inputs: Inputs, services: Services, cloud: Cloud): Promise<Result>;
}

/** Makes a resource. `generatedName` is for a principal without a name. */
export async function make(
  asked: RequestedResource,
  generatedName: string,
  services: Services,
  cloud: Cloud,
): Promise<Result> {
  const type = types[asked.type];
  if (type === undefined) throw new Error(`${asked.name} is of a type that is not known, ${asked.type}`);
  refuseOthers(asked, type.properties);
  const isPrincipal = /^aws:iam\/(role|user|group):/.test(asked.type);
  return type.make({ ...(isPrincipal && { name: generatedName }), ...asked.inputs }, services, cloud);
}

/** Returns the settings of a key that the provider records but KMS does not show; `undefined` for other resources. */
export function keySettings({ type, inputs }: RequestedResource): Omit<KeySettings, 'retained'> | undefined {
  if (!/^aws:kms\/(key|externalKey|replicaKey|replicaExternalKey):/.test(type)) return undefined;
  return {
    windowDays: Number(inputs.deletionWindowInDays ?? 30),
    bypassesLockoutCheck: inputs.bypassPolicyLockoutSafetyCheck === true,
  };
}

/** Returns the settings of a grant that the provider records but KMS does not show; `undefined` for other resources. */
export function grantSettings({ type, inputs }: RequestedResource): GrantSettings | undefined {
  if (type !== 'aws:kms/grant:Grant') return undefined;
  return {
    name: text(inputs.name),
    grantee: text(inputs.granteePrincipal),
    retireOnDelete: inputs.retireOnDelete === true,
  };
}

const common = ['description', 'policy', 'tags', 'deletionWindowInDays', 'bypassPolicyLockoutSafetyCheck', 'enabled'];

const types: Readonly<Record<string, ResourceType>> = {
  'aws:kms/key:Key': {
    properties: [
      ...['description', 'policy', 'tags', 'deletionWindowInDays', 'isEnabled', 'multiRegion', 'customerMasterKeySpec'],
      ...['keyUsage', 'enableKeyRotation', 'rotationPeriodInDays', 'customKeyStoreId', 'xksKeyId'],
      'bypassPolicyLockoutSafetyCheck',
    ],
    async make(inputs, services) {
      const { customKeyStoreId, xksKeyId } = inputs;
      const rotates = inputs.enableKeyRotation === true;
      if (!rotates && inputs.rotationPeriodInDays !== undefined) throw new Error('a period without rotation');
      const made = await makeKey(services, {
        request: {
          ...request(inputs, inputs.customerMasterKeySpec),
          Origin: xksKeyId ? 'EXTERNAL_KEY_STORE' : customKeyStoreId ? 'AWS_CLOUDHSM' : 'AWS_KMS',
          CustomKeyStoreId: text(customKeyStoreId),
          XksKeyId: text(xksKeyId),
        },
        tags: tagsOf(inputs),
        enabled: inputs.isEnabled !== false,
        rotation: rotates && (inputs.rotationPeriodInDays === undefined || Number(inputs.rotationPeriodInDays)),
      });
      return { ...made, state: { keyId: made.id } };
    },
  },
  'aws:kms/externalKey:ExternalKey': {
    properties: [...common, 'keySpec', 'keyUsage', 'multiRegion'],
    async make(inputs, services) {
      const wanted = { ...request(inputs, inputs.keySpec), Origin: 'EXTERNAL' } as const;
      // An external key can be enabled or disabled only once it has key material, which these programs do not provide.
      return makeKey(services, { request: wanted, tags: tagsOf(inputs), enabled: true, rotation: false });
    },
  },
  'aws:kms/replicaKey:ReplicaKey': replicaType(),
  'aws:kms/replicaExternalKey:ReplicaExternalKey': replicaType(),
  'aws:kms/alias:Alias': {
    properties: ['name', 'targetKeyId'],
    async make(inputs, services) {
      await makeAlias(services, String(inputs.name), String(inputs.targetKeyId));
      const { account, region } = services.place;
      return { id: String(inputs.name), arn: `arn:${partitionOf(region)}:kms:${region}:${account}:${inputs.name}` };
    },
  },
  'aws:kms/grant:Grant': {
    properties: [
      'name',
      'keyId',
      'granteePrincipal',
      'retiringPrincipal',
      'operations',
      'constraints',
      'retireOnDelete',
    ],
    async make(inputs, { place }, cloud) {
      const [constraints] = (inputs.constraints ?? []) as readonly Inputs[]; // by the types of @pulumi/aws
      const { encryptionContextEquals, encryptionContextSubset } = constraints ?? {};
      const id = await makeGrant(cloud, place, {
        KeyId: text(inputs.keyId),
        Name: text(inputs.name),
        GranteePrincipal: text(inputs.granteePrincipal),
        RetiringPrincipal: text(inputs.retiringPrincipal),
        Operations: inputs.operations as CreateGrantRequest['Operations'], // KMS checks them
        ...(constraints && {
          Constraints: {
            EncryptionContextEquals: encryptionContextEquals as TagMap | undefined, // by the types of @pulumi/aws
            EncryptionContextSubset: encryptionContextSubset as TagMap | undefined,
          },
        }),
      });
      return { id: `${inputs.keyId}:${id}`, state: { grantId: id } };
    },
  },
  'aws:iam/role:Role': principalType('role', ['name', 'description', 'assumeRolePolicy', 'tags']),
  'aws:iam/user:User': principalType('user', ['name', 'tags']),
  'aws:iam/group:Group': principalType('group', ['name']),
  'aws:iam/rolePolicy:RolePolicy': policyType('role'),
  'aws:iam/userPolicy:UserPolicy': policyType('user'),
  'aws:iam/groupPolicy:GroupPolicy': policyType('group'),
  'aws:ssm/parameter:Parameter': {
    properties: ['name', 'type', 'value', 'tags'],
    async make(inputs, services) {
      if (inputs.type !== 'String') throw new Error(`a parameter of type ${inputs.type}`);
      // The provider treats the value as a secret, so it is wrapped.
      await makeParameter(services, String(inputs.name), String(runtime.unwrapRpcSecret(inputs.value)), tagsOf(inputs));
      return { id: String(inputs.name) };
    },
  },
};

function replicaType(): ResourceType {
  return {
    properties: [...common, 'primaryKeyArn'],
    async make(inputs, { place }, cloud) {
      const made = await makeReplica(cloud, place, {
        primaryArn: String(inputs.primaryKeyArn),
        policy: text(inputs.policy),
        description: text(inputs.description),
        tags: tagsOf(inputs),
        enabled: inputs.enabled !== false,
      });
      return { ...made, state: { keyId: made.id } };
    },
  };
}

function principalType(kind: 'role' | 'user' | 'group', properties: readonly string[]): ResourceType {
  return {
    properties,
    async make(inputs, services) {
      const { id, arn } = await makePrincipal(services, {
        kind,
        name: String(inputs.name),
        description: text(inputs.description),
        ...(kind === 'role' && { trust: String(inputs.assumeRolePolicy) }),
        tags: tagsOf(inputs),
      });
      return { id, arn, state: { name: id } };
    },
  };
}

function policyType(kind: 'role' | 'user' | 'group'): ResourceType {
  return {
    properties: ['name', kind, 'policy'],
    async make(inputs, services) {
      const [principal, name] = [String(inputs[kind]), String(inputs.name)];
      await putPolicy(services, { kind, name: principal }, name, String(inputs.policy));
      return { id: `${principal}:${name}` };
    },
  };
}

/** Returns the arguments of CreateKey that both classes of keys have. KMS checks the spec and the usage. */
function request(inputs: Inputs, spec: unknown): Omit<CreateKeyRequest, 'Tags'> {
  return {
    Description: text(inputs.description),
    KeySpec: text(spec) as CreateKeyRequest['KeySpec'],
    KeyUsage: text(inputs.keyUsage) as CreateKeyRequest['KeyUsage'],
    MultiRegion: inputs.multiRegion === true,
    Policy: text(inputs.policy),
  };
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function tagsOf({ tags = {} }: Inputs): TagMap {
  return tags as TagMap; // by the types of @pulumi/aws
}

export function refuseOthers({ type, name, inputs }: RequestedResource, known: readonly string[]): void {
  const other = Object.keys(inputs).find((property) => !known.includes(property));
  if (other !== undefined) throw new Error(`${type} ${name} has no ${other}`);
}
