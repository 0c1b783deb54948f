import { createHash } from 'node:crypto';
import { type Cloud, type Place, Refusal } from './plugin/cloud.ts';
import { isUnknown, textOf, type Value, type Values } from './plugin/values.ts';

/** Where a stack without an environment is deployed, as in `world.ts`. */
export const nowhere: Place = { account: '000000000000', region: 'xx-test-1' };

/** A cloud in memory. Its ids, names and ARNs have the same form as AWS's. */
export interface MemoryCloud extends Cloud {
  /** Sets an SSM parameter, as if a stack of another tool had written it. */
  putParameter(name: string, value: string, place: Place): void;
  /** Sets the ARNs of principals that will be created. Until they exist, KMS refuses a key policy that names such a principal. */
  expectPrincipals(arns: Iterable<string>): void;
}

export function createMemoryCloud(): MemoryCloud {
  const resources = new Map<string, Values>();
  const awaited = new Set<string>();
  let created = 0;

  const store = (type: string, values: Values, place: Place) => {
    resources.set(key(type, values, place), values);
    return values;
  };

  return {
    async create(type, planned, place) {
      created += 1;
      const number = created;
      // Makes IAM slow and out of order, so that no module relies on it: a resource that needs a principal has to declare that.
      if (isPrincipal(type)) await new Promise((resolve) => setTimeout(resolve, 25 * (1 + (number % 3))));
      refuseUnknownPrincipals(planned, awaited);
      const values = { ...decided(planned), ...givenTo(type, planned, place, number) };
      if (resources.has(key(type, values, place))) throw new Refusal(`${String(values.id)} exists already`);
      awaited.delete(String(values.arn));
      return store(type, values, place);
    },
    announce(type, planned, place) {
      // If AWS completes the name of a principal, no other resource can name it.
      if (isPrincipal(type) && textOf(planned.name) !== undefined) awaited.add(arnOfPrincipal(type, planned, place));
    },
    async update(type, prior, planned, place) {
      refuseUnknownPrincipals(planned, awaited);
      if (!resources.delete(key(type, prior, place))) throw new Refusal(`${String(prior.id)} does not exist`);
      return store(type, decided(planned), place);
    },
    async remove(type, state, place) {
      if (!resources.delete(key(type, state, place))) throw new Refusal(`${String(state.id)} does not exist`);
    },
    async read(type, state, place) {
      const found = resources.get(key(type, state, place));
      // The waiting period is an argument of a key's deletion, so an import does not know it.
      const imported = found?.deletion_window_in_days !== undefined && (state.arn ?? null) === null;
      return imported ? { ...found, deletion_window_in_days: null } : found;
    },
    async find(type, { name }, place) {
      if (type !== 'aws_ssm_parameter') return pseudoData(type, place);
      const wanted = { id: name ?? null };
      const found = resources.get(key(type, wanted, place)) ?? resources.get(key(type, wanted, nowhere));
      // A stack without an environment is deployed wherever its parameters exist.
      const isAnywhere = place.region === nowhere.region && place.account === nowhere.account;
      const elsewhere = [...resources].find(([known]) => known.endsWith(` ${String(name)}`))?.[1];
      const parameter = found ?? (isAnywhere ? elsewhere : undefined);
      if (parameter === undefined) throw new Refusal(`there is no parameter ${String(name)} in ${place.region}`);
      return { ...parameter, insecure_value: parameter.value ?? null };
    },
    putParameter(name, value, place) {
      const values = { id: name, name, type: 'String', value, version: 1 };
      store('aws_ssm_parameter', values, place);
    },
    expectPrincipals(arns) {
      for (const arn of arns) awaited.add(arn);
    },
  };
}

/** Returns the results of data sources for a place, with the values that `world.ts` uses to read the IR. */
export function pseudoData(type: string, { account, region }: Place): Values {
  switch (type) {
    case 'aws_caller_identity':
      return { id: account, account_id: account, arn: `arn:aws:iam::${account}:user/double`, user_id: 'AIDADOUBLE' };
    case 'aws_region':
      return { id: region, name: region, region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
    case 'aws_partition': {
      const partition = partitionOf(region);
      return { id: partition, partition, dns_suffix: 'amazonaws.com', reverse_dns_prefix: 'com.amazonaws' };
    }
    default:
      throw new Refusal(`the double has no data source ${type}`);
  }
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Identifies a resource. IAM has no regions. Other services may have the same id in two regions. */
function key(type: string, { id }: Values, { account, region }: Place): string {
  return [type, account, ...(type.startsWith('aws_iam_') ? [] : [region]), textOf(id)].join(' ');
}

/** Replaces unknown values by null. Nothing sets them, unlike configured values. */
function decided(planned: Values): Values {
  return Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, isUnknown(value) ? null : value]));
}

/** Returns the attributes that other resources refer to. */
function givenTo(type: string, planned: Values, place: Place, count: number): Values {
  const text = (name: string) => textOf(planned[name]) ?? '';
  const { account, region } = place;
  switch (type) {
    case 'aws_kms_key':
    case 'aws_kms_external_key': {
      const id = keyId(count, planned.multi_region ?? null);
      const arn = `arn:aws:kms:${region}:${account}:key/${id}`;
      return { id, arn, region, ...(type === 'aws_kms_key' && { key_id: id }) };
    }
    case 'aws_kms_replica_key':
    case 'aws_kms_replica_external_key': {
      const id = text('primary_key_arn').split(':key/')[1] ?? '';
      return { id, key_id: id, arn: `arn:aws:kms:${region}:${account}:key/${id}`, region };
    }
    case 'aws_kms_alias':
      return { id: text('name'), arn: `arn:aws:kms:${region}:${account}:${text('name')}`, region };
    case 'aws_kms_grant':
      return { id: `${text('key_id')}:grant-${count}`, grant_id: `grant-${count}`, region };
    case 'aws_iam_role':
    case 'aws_iam_user':
    case 'aws_iam_group': {
      const name = textOf(planned.name) ?? `${text('name_prefix')}${String(count).padStart(26, '0')}`;
      return { id: name, name, arn: arnOfPrincipal(type, { name }, place) };
    }
    case 'aws_iam_role_policy':
    case 'aws_iam_user_policy':
    case 'aws_iam_group_policy':
      return { id: `${text('role') || text('user') || text('group')}:${text('name')}` };
    case 'aws_ssm_parameter':
      return { id: text('name'), arn: `arn:aws:ssm:${region}:${account}:parameter${text('name')}`, region };
    default:
      throw new Refusal(`the double cannot create ${type}`);
  }
}

function isPrincipal(type: string): boolean {
  return /^aws_iam_(role|user|group)$/.test(type);
}

function arnOfPrincipal(type: string, { name }: Values, { account }: Place): string {
  return `arn:aws:iam::${account}:${type.slice('aws_iam_'.length)}/${textOf(name)}`;
}

/** Returns an id in KMS's format. It is the same for the same count. */
function keyId(count: number, multiRegion: Value): string {
  const hex = createHash('sha256').update(String(count)).digest('hex').slice(0, 32);
  if (multiRegion === true) return `mrk-${hex}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function refuseUnknownPrincipals({ policy }: Values, awaited: ReadonlySet<string>): void {
  const text = textOf(policy);
  if (text === undefined) return;
  for (const arn of awaited) {
    if (text.includes(`"${arn}"`)) throw new Refusal(`the policy names ${arn}, which does not exist yet`);
  }
}
