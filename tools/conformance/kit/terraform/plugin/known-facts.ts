import type { Attribute, AttributeType, Block, ProviderSchema } from './schema.ts';

type Fact = readonly [argument: string, type: AttributeType, mode: 'required' | 'optional' | 'computed' | 'either'];

/** Arguments of each kind and type, from the documentation of the AWS provider. `either` means that an argument can be set or computed. */
const facts: Readonly<Record<string, readonly Fact[]>> = {
  aws_kms_key: [
    ['customer_master_key_spec', 'string', 'optional'],
    ['deletion_window_in_days', 'number', 'optional'],
    ['is_enabled', 'bool', 'optional'],
    ['multi_region', 'bool', 'either'],
    ['policy', 'string', 'either'],
    ['tags', ['map', 'string'], 'optional'],
    ['arn', 'string', 'computed'],
    ['key_id', 'string', 'computed'],
  ],
  aws_kms_alias: [
    ['target_key_id', 'string', 'required'],
    ['name', 'string', 'either'],
    ['target_key_arn', 'string', 'computed'],
  ],
  aws_kms_replica_key: [
    ['primary_key_arn', 'string', 'required'],
    ['enabled', 'bool', 'optional'],
  ],
  aws_kms_grant: [
    ['grantee_principal', 'string', 'required'],
    ['operations', ['set', 'string'], 'required'],
  ],
  aws_iam_role: [
    ['assume_role_policy', 'string', 'required'],
    ['name_prefix', 'string', 'either'],
    ['max_session_duration', 'number', 'optional'],
    ['unique_id', 'string', 'computed'],
  ],
  aws_iam_role_policy: [
    ['role', 'string', 'required'],
    ['policy', 'string', 'required'],
  ],
  aws_ssm_parameter: [
    ['name', 'string', 'required'],
    ['insecure_value', 'string', 'either'],
    ['value', 'string', 'either'],
    ['version', 'number', 'computed'],
  ],
};

/** Returns how a schema from the bindings contradicts these facts. Empty, unless the bindings have changed. */
export function contradictionsIn({ provider, resources }: ProviderSchema): readonly string[] {
  const problems = Object.entries(facts).flatMap(([type, known]) => {
    const block = resources.get(type);
    return known.filter((fact) => !holds(block, fact)).map(([argument]) => `${type}.${argument} is not as it is known`);
  });
  const constraints = resources.get('aws_kms_grant')?.blocks.find(({ name }) => name === 'constraints');
  if (constraints?.nesting !== 'SET') problems.push('aws_kms_grant has no constraints');
  if (resources.get('aws_kms_key')?.attributes.some(({ name }) => name === 'timeouts') !== false)
    problems.push('the timeouts of aws_kms_key are no block');
  if (!holds(provider, ['allowed_account_ids', ['set', 'string'], 'optional'])) problems.push('accounts are no set');
  return problems;
}

function holds(block: Block | undefined, [argument, type, mode]: Fact): boolean {
  const found = block?.attributes.find(({ name }) => name === argument);
  return found !== undefined && modeOf(found) === mode && JSON.stringify(found.type) === JSON.stringify(type);
}

function modeOf({ required, optional, computed }: Attribute): Fact[2] {
  if (required) return 'required';
  if (optional) return computed ? 'either' : 'optional';
  return 'computed';
}
