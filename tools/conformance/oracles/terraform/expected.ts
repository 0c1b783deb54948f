import type { KmsGrant, Program, Resource, Stack } from '@keywright/core/ir/program';
import { deployIr } from '../../../../packages/cli/src/testing/deploy-ir.ts';
import { world } from '../../../../packages/cli/src/testing/world.ts';

/** A stack as it is to be: what can be said of each resource, by its id in the IR, and the outputs. */
export interface Picture {
  readonly resources: ReadonlyMap<string, unknown>;
  readonly outputs: readonly unknown[];
}

/**
 * What the IR says, with what `deployIr` leaves out because other targets have no such thing: KMS grants, key stores, and the
 * names that principals have to have.
 */
export function expectedOf(stack: Stack, program: Program): Picture {
  const grants = stack.resources.filter((resource) => resource.kind === 'kmsGrant');
  const others = stack.resources.filter((resource) => resource.kind !== 'kmsGrant');
  // What grants refer to is read as outputs are, so that there is one reading of expressions.
  const expressions = grants.flatMap((grant) => [grant.key, grant.grantee, grant.retiringPrincipal ?? noText]);
  const asked = [
    ...stack.outputs,
    ...expressions.map((value, index) => ({ name: `grant ${index}`, value, source: { span: stack.span } })),
  ];
  const { resources, outputs } = deployIr({ ...stack, resources: others, outputs: asked }, program);
  const values = outputs.slice(stack.outputs.length).map(String);
  const pictures = new Map<string, unknown>();
  for (const resource of others) pictures.set(resource.id, { ...resources.get(resource.id), ...alsoOf(resource) });
  grants.forEach((grant, index) => {
    pictures.set(grant.id, grantPicture(grant, values.slice(index * 3), world.pseudo('region', stack)));
  });
  return { resources: pictures, outputs: outputs.slice(0, stack.outputs.length) };
}

const noText = { kind: 'literal', text: '' } as const;

function alsoOf(resource: Resource): object {
  switch (resource.kind) {
    case 'key':
      return { keyStore: resource.customKeyStoreId, externalId: resource.xksKeyId };
    case 'role':
    case 'user':
    case 'group':
      return { name: resource.physicalName };
    default:
      return {};
  }
}

function grantPicture(grant: KmsGrant, [key, grantee, retiring]: readonly string[], ownRegion: string): object {
  const { encryptionContext } = grant;
  return {
    kind: 'kmsGrant',
    region: grant.region ?? ownRegion,
    name: grant.name,
    key,
    grantee,
    retiring: retiring === '' ? undefined : retiring,
    operations: [...grant.operations].sort(),
    match: encryptionContext?.match,
    pairs: encryptionContext && Object.fromEntries(encryptionContext.pairs.map(({ name, value }) => [name, value])),
  };
}
