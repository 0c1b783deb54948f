import type { Block, ProviderSchema } from './schema.ts';

/**
 * Returns the schema of version 5 of the AWS provider, derived from that of version 6. The differences were found between 5.99.1 and 6.25.0
 * (bindings 19.65.1 and 21.22.1). Only differences that affect modules are applied: the argument `region`, which is new in version 6, and
 * the key spec and usage of keys with imported material. Of the arguments of the provider itself, version 5 lacks `tag_policy_compliance`.
 */
export function schemaOfVersion5({ provider, resources, dataSources }: ProviderSchema): ProviderSchema {
  return {
    provider: without(provider, 'tag_policy_compliance'),
    resources: new Map(
      [...resources].map(([type, block]) => {
        const older = without(block, 'region');
        return [type, type === 'aws_kms_external_key' ? withoutChoiceOfSpec(older) : older];
      }),
    ),
    dataSources: new Map([...dataSources].map(([type, block]) => [type, without(block, 'region')])),
  };
}

function without(block: Block, name: string): Block {
  return { ...block, attributes: block.attributes.filter((attribute) => attribute.name !== name) };
}

function withoutChoiceOfSpec(block: Block): Block {
  const { attributes, blocks } = without(block, 'key_spec');
  return {
    blocks,
    attributes: attributes.map((attribute) =>
      attribute.name === 'key_usage' ? { ...attribute, optional: false } : attribute,
    ),
  };
}
