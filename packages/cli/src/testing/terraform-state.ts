/** Stands in for Terraform with the AWS provider: makes the state that applying a generated root module would leave. */
import type { Resource, Stack } from '@keywright/core/ir/program';
import type { EvaluatedModule } from './deploy-terraform.ts';
import { world } from './world.ts';

type Values = Readonly<Record<string, unknown>>;

const provider = 'provider["registry.terraform.io/hashicorp/aws"]';

/** Returns the state file of a stack, of version 4. Attributes that no reader needs are left out. */
export function stateOf(stack: Stack, { byAddress, found, module }: EvaluatedModule): string {
  const resources = [...byAddress].map(([address, resource]) => {
    const [type = '', name = ''] = address.split('.');
    const [, alias] = /^\$?\{?aws\.(\w+)\}?$/.exec(String(found.get(address)?.provider ?? '')) ?? [];
    return {
      ...(module !== '' && { module }),
      mode: 'managed',
      type,
      name,
      provider: `${provider}${alias === undefined ? '' : `.${alias}`}`,
      instances: [
        {
          schema_version: 0,
          attributes: attributesOf(resource, found.get(address) ?? {}, stack),
          sensitive_attributes: type === 'aws_ssm_parameter' ? [[{ type: 'get_attr', value: 'value' }]] : [],
        },
      ],
    };
  });
  const place = {
    mode: 'data',
    type: 'aws_caller_identity',
    name: 'current',
    provider,
    instances: [{ attributes: { account_id: world.pseudo('account', stack) } }],
  };
  const region = {
    ...place,
    type: 'aws_region',
    instances: [{ attributes: { region: world.pseudo('region', stack) } }],
  };
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: 'l',
    outputs: {},
    resources: [place, region, ...resources],
  });
}

/** Returns the attributes that the provider makes from arguments. A missing argument gets the value that the service would set. */
function attributesOf(resource: Resource, own: Values, stack: Stack): Values {
  const tags = { tags: own.tags ?? null, tags_all: own.tags ?? {} };
  switch (resource.kind) {
    case 'key':
    case 'replicaKey': {
      const id = world.attribute(resource, 'name', stack);
      return {
        description: '',
        is_enabled: true,
        enabled: true,
        enable_key_rotation: false,
        rotation_period_in_days: 0,
        deletion_window_in_days: resource.kind === 'replicaKey' || resource.origin === 'EXTERNAL' ? 30 : null,
        ...own,
        ...tags,
        policy: JSON.stringify(own.policy),
        arn: world.attribute(resource, 'arn', stack),
        id,
        ...(resource.origin !== 'EXTERNAL' && { key_id: id }),
      };
    }
    case 'alias':
      return { ...own, id: own.name, arn: world.attribute(resource, 'arn', stack) };
    case 'role':
    case 'user':
    case 'group':
      return {
        description: '',
        path: '/',
        permissions_boundary: '',
        max_session_duration: 3600,
        ...own,
        ...tags,
        ...(own.assume_role_policy !== undefined && { assume_role_policy: JSON.stringify(own.assume_role_policy) }),
        name: world.attribute(resource, 'name', stack),
        arn: world.attribute(resource, 'arn', stack),
      };
    case 'identityPolicy':
      return { name_prefix: '', ...own, policy: JSON.stringify(own.policy) };
    case 'kmsGrant':
      return { name: '', retiring_principal: '', retire_on_delete: false, ...own, grant_id: 'g' };
    case 'sharedParameter': {
      const region = world.pseudo('region', stack);
      const arn = `arn:aws:ssm:${region}:${world.pseudo('account', stack)}:parameter${resource.parameterName}`;
      return { ...own, ...tags, arn };
    }
  }
}
