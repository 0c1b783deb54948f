import type { CreateGrantRequest } from '@aws-sdk/client-kms';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import {
  dnsSuffixOf,
  type Cloud as LiveCloud,
  type Place,
  partitionOf,
  placeOf,
  type Services,
} from '../cloud/cloud.ts';
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
import { nowhere, pseudoData } from './memory-cloud.ts';
import { type Cloud, Refusal } from './plugin/cloud.ts';
import { isList, isObject, isUnknown, textOf, type Value, type Values } from './plugin/values.ts';

/** Returns a cloud that creates Terraform's resources through the APIs of KMS, IAM and SSM. It can only create. */
export function createLiveCloud(cloud: LiveCloud): Cloud {
  let created = 0;
  const servicesAt = ({ account, region }: { readonly account: string; readonly region: string }) => {
    const anywhere = placeOf({ environment: {} });
    return cloud({
      account: account === nowhere.account ? anywhere.account : account,
      region: region === nowhere.region ? anywhere.region : region,
    });
  };
  return {
    async create(type, planned, place) {
      created += 1;
      const made = await createIn(cloud, servicesAt(place), type, planned, String(created).padStart(26, '0'));
      const decided = Object.entries(planned).map(([name, value]) => [name, isUnknown(value) ? null : value] as const);
      return { ...Object.fromEntries(decided), ...made };
    },
    async update(type) {
      throw new Refusal(`${type} would be changed, and everything is new`);
    },
    async remove(type) {
      throw new Refusal(`${type} would be removed, and everything is new`);
    },
    read: async (_type, state) => state,
    async find(type, { name }, place) {
      const services = servicesAt(place);
      if (type === 'aws_ssm_parameter') {
        const { Parameter } = await services.ssm.send(new GetParameterCommand({ Name: textOf(name) }));
        const value = Parameter?.Value ?? null;
        return { id: name ?? null, type: Parameter?.Type ?? null, value, insecure_value: value };
      }
      const found = pseudoData(type, services.place);
      return type === 'aws_partition' ? { ...found, dns_suffix: dnsSuffixOf(services.place.region) } : found;
    },
  };
}

/** Creates a resource as the AWS provider does. Returns the attributes that other resources refer to. */
async function createIn(
  cloud: LiveCloud,
  services: Services,
  type: string,
  planned: Values,
  suffix: string,
): Promise<Values> {
  const text = (name: string) => textOf(planned[name]);
  const { region } = services.place;
  switch (type) {
    case 'aws_kms_key':
    case 'aws_kms_external_key': {
      const made = await makeKey(services, keyWanted(type, planned));
      return { ...made, region, ...(type === 'aws_kms_key' && { key_id: made.id }) };
    }
    case 'aws_kms_replica_key':
    case 'aws_kms_replica_external_key': {
      const made = await makeReplica(cloud, services.place, {
        primaryArn: text('primary_key_arn') ?? '',
        policy: text('policy'),
        description: text('description'),
        tags: textsOf(planned.tags),
        enabled: isEnabled(type, planned),
      });
      return { ...made, key_id: made.id, region };
    }
    case 'aws_kms_alias': {
      const name = text('name') ?? '';
      await makeAlias(services, name, text('target_key_id') ?? '');
      return { id: name, arn: `arn:${partitionOf(region)}:kms:${region}:${services.place.account}:${name}`, region };
    }
    case 'aws_kms_grant':
      return { id: await createGrant(cloud, services.place, planned), region };
    case 'aws_iam_role':
    case 'aws_iam_user':
    case 'aws_iam_group': {
      const name = text('name') ?? `${text('name_prefix')}${suffix}`;
      const kind = kindIn(type);
      const trust = text('assume_role_policy');
      const description = text('description');
      const tags = textsOf(planned.tags);
      const made = await makePrincipal(services, { kind, name, description, tags, ...(trust && { trust }) });
      return { ...made, name };
    }
    case 'aws_iam_role_policy':
    case 'aws_iam_user_policy':
    case 'aws_iam_group_policy': {
      const kind = kindIn(type);
      const name = text(kind) ?? '';
      await putPolicy(services, { kind, name }, text('name') ?? '', text('policy') ?? '');
      return { id: `${name}:${text('name')}` };
    }
    case 'aws_ssm_parameter':
      await makeParameter(services, text('name') ?? '', text('value') ?? '', textsOf(planned.tags));
      return { id: text('name') ?? '', region };
    default:
      throw new Refusal(`the double cannot create ${type}`);
  }
}

function keyWanted(type: string, planned: Values): Parameters<typeof makeKey>[1] {
  const text = (name: string) => textOf(planned[name]);
  const period = planned.rotation_period_in_days;
  const store = text('custom_key_store_id');
  const external = text('xks_key_id');
  const origin = type === 'aws_kms_external_key' ? 'EXTERNAL' : external ? 'EXTERNAL_KEY_STORE' : 'AWS_CLOUDHSM';
  const request = {
    Policy: text('policy'),
    Description: text('description'),
    KeySpec: text('customer_master_key_spec') ?? text('key_spec') ?? 'SYMMETRIC_DEFAULT',
    KeyUsage: text('key_usage') ?? 'ENCRYPT_DECRYPT',
    MultiRegion: planned.multi_region === true,
    ...((origin === 'EXTERNAL' || store !== undefined) && { Origin: origin }),
    CustomKeyStoreId: store,
    XksKeyId: external,
  };
  return {
    request: request as Parameters<typeof makeKey>[1]['request'], // KMS checks specs and usages
    tags: textsOf(planned.tags),
    enabled: isEnabled(type, planned),
    rotation: planned.enable_key_rotation === true && (typeof period === 'number' ? period : true),
  };
}

/** Whether to enable a key. A key with imported material cannot be disabled before the import, and the provider does not try to. */
function isEnabled(type: string, planned: Values): boolean {
  if (type.endsWith('_external_key')) return true;
  return (planned.is_enabled ?? planned.enabled) !== false;
}

async function createGrant(cloud: LiveCloud, place: Place, planned: Values): Promise<string> {
  const [constraint] = isList(planned.constraints) ? planned.constraints.filter(isObject) : [];
  const { encryption_context_equals: equals, encryption_context_subset: subset } = constraint ?? {};
  const operations = isList(planned.operations) ? planned.operations.map(String) : [];
  const request = {
    KeyId: textOf(planned.key_id),
    Name: textOf(planned.name),
    GranteePrincipal: textOf(planned.grantee_principal),
    RetiringPrincipal: textOf(planned.retiring_principal),
    Operations: operations as CreateGrantRequest['Operations'], // KMS checks them
    ...(constraint && {
      Constraints: {
        ...(isObject(equals) && { EncryptionContextEquals: textsOf(equals) }),
        ...(isObject(subset) && { EncryptionContextSubset: textsOf(subset) }),
      },
    }),
  };
  return `${request.KeyId}:${await makeGrant(cloud, place, request)}`;
}

function kindIn(type: string): 'role' | 'user' | 'group' {
  const [, kind] = /^aws_iam_(role|user|group)/.exec(type) ?? [];
  if (kind === 'role' || kind === 'user' || kind === 'group') return kind;
  throw new Refusal(`${type} is not about a principal`);
}

function textsOf(value: Value | undefined): TagMap {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}
