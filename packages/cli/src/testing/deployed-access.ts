/** Collects the access to keys in a deployment: plain policy documents and their owners, independent of the policies of the IR. */
import type { Deployed, DeployedKey, DeployedTraits, JsonPolicy } from '@keywright/analyze/testing/deployed-policies';
import type { Program, Stack } from '@keywright/core/ir/program';
import type {
  DeployedAlias,
  DeployedKey as DeployedKeyResource,
  DeployedKmsGrant,
  DeployedPrincipal,
  DeployedStack,
} from './deployed.ts';
import { world } from './world.ts';

export interface CreatedPrincipal {
  readonly kind: DeployedPrincipal['kind'];
  readonly stack: string;
  readonly resource: string;
  readonly account: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly trust: JsonPolicy | undefined;
}

interface KeyWithGrants extends DeployedKey {
  readonly grants: readonly DeployedKmsGrant[];
}

/** The input of the independent judge, and what the evaluator needs in addition. */
export interface DeployedAccess extends Deployed {
  readonly keys: readonly KeyWithGrants[];
  /** Keys of other owners that aliases, grants and policies name, by ARN. */
  readonly referred: ReadonlyMap<string, Pick<KeyWithGrants, 'aliases' | 'grants'>>;
  readonly principals: readonly CreatedPrincipal[];
}

export function readAccess(program: Program, deployment: ReadonlyMap<string, DeployedStack>): DeployedAccess {
  const entries = program.stacks.flatMap((stack) =>
    [...(deployment.get(stack.name)?.resources ?? [])].map(([id, resource]) => ({ stack, id, resource })),
  );
  const keyResources = entries.flatMap(({ stack, id, resource }) =>
    resource.kind === 'key' || resource.kind === 'replicaKey' ? [{ stack, id, resource }] : [],
  );
  const arnOfKey = ({ stack, id }: { stack: Stack; id: string }) => attributeOf(stack, id);
  const specOf = new Map(keyResources.map((entry) => [arnOfKey(entry), entry.resource]));

  const aliases = new Map<string, string[]>();
  const grants = new Map<string, DeployedKmsGrant[]>();
  const identityPolicies = new Map<string, JsonPolicy[]>();
  const principals: CreatedPrincipal[] = [];
  for (const { stack, id, resource } of entries) {
    const account = world.pseudo('account', stack);
    const partition = world.pseudo('partition', stack);
    const targetOf = ({ keyId, region }: DeployedAlias | DeployedKmsGrant) => {
      const text = String(keyId); // an ARN, or an id in this account
      return text.startsWith('arn:') ? text : `arn:${partition}:kms:${region}:${account}:key/${text}`;
    };
    switch (resource.kind) {
      case 'alias':
        collect(aliases, targetOf(resource), String(resource.name));
        break;
      case 'kmsGrant':
        // A grant without a name in AWS gets its name from the YAML.
        collect(grants, targetOf(resource), { ...resource, name: resource.name ?? id.slice(id.lastIndexOf('/') + 1) });
        break;
      case 'identityPolicy': {
        const holder = `${resource.holder} ${account} ${resource.attachedTo}`;
        collect(identityPolicies, holder, resource.document as JsonPolicy); // read unchanged from the output
        break;
      }
      case 'role':
      case 'user':
      case 'group': {
        const tags = resource.tags as Readonly<Record<string, string>>; // the values of tags are text in every target
        const trust = resource.trust as JsonPolicy | undefined;
        const { kind } = resource;
        principals.push({ kind, stack: stack.name, resource: id, account, arn: attributeOf(stack, id), tags, trust });
        break;
      }
      default:
    }
  }

  const keys = keyResources.map(({ stack, id, resource }) => {
    const arn = arnOfKey({ stack, id });
    return {
      id: `${stack.name}/${id}`,
      arn,
      account: world.pseudo('account', stack),
      region: resource.region,
      traits: traitsOf(resource, specOf.get(String(resource.primary))),
      policy: resource.policy as JsonPolicy, // read unchanged from the output
      aliases: aliases.get(arn) ?? [],
      tags: resource.tags as Readonly<Record<string, string>>,
      grants: grants.get(arn) ?? [],
    };
  });
  const own = new Set(keys.map(({ arn }) => arn));
  const named = [...identityPolicies.values()].flat().flatMap((policy) => [...keyArnsIn(policy)]);
  const others = new Set([...aliases.keys(), ...grants.keys(), ...named].filter((arn) => !own.has(arn)));
  return {
    keys,
    identityPolicies,
    created: new Map(
      principals
        .filter(({ kind }) => kind !== 'group')
        .map(({ stack, resource, arn, tags }) => [`${stack}/${resource}`, { arn, tags }]),
    ),
    referred: new Map(
      [...others].map((arn) => [arn, { aliases: aliases.get(arn) ?? [], grants: grants.get(arn) ?? [] }]),
    ),
    principals,
  };
}

function attributeOf(stack: Stack, id: string): string {
  const resource = stack.resources.find((candidate) => candidate.id === id);
  if (resource === undefined) throw new Error(`there is no ${id}`);
  return world.attribute(resource, 'arn', stack);
}

/** A replica has the spec, usage and origin of its primary. No output repeats these properties. */
function traitsOf(key: DeployedKeyResource, primary: DeployedKeyResource | undefined): DeployedTraits {
  const { spec, usage, origin } = primary ?? key;
  const traits = { spec, usage, origin } as DeployedTraits; // KMS would refuse anything else
  if (key.kind === 'replicaKey') return { ...traits, multiRegion: 'REPLICA' };
  return { ...traits, ...(key.multiRegion === true && { multiRegion: 'PRIMARY' }) };
}

/** Returns the ARNs of single keys among the resources of a policy. */
function* keyArnsIn(policy: JsonPolicy): Iterable<string> {
  for (const { Resource } of policy.Statement) {
    for (const arn of [Resource].flat()) {
      if (typeof arn === 'string' && /^arn:[^:]+:kms:[^:]*:[^:]*:key\/[^*?$]+$/.test(arn)) yield arn;
    }
  }
}

function collect<T>(lists: Map<string, T[]>, name: string, value: T): void {
  lists.set(name, [...(lists.get(name) ?? []), value]);
}
