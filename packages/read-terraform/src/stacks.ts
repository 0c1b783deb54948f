import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { Environment } from '@keywright/core/ir/program';
import { concernsKms } from '@keywright/core/reading/concerns-kms';
import type { LeftOut } from '@keywright/core/reading/reader';
import { Unknown } from '@keywright/core/reading/source-value';
import { peek, unknownOf } from './attributes.ts';
import { doubleOwner, lonelyReplica, outputLeftOut, policyStays, taintedKey, unplacedPolicy } from './diagnostics.ts';
import type { Draft, MadeStack } from './draft.ts';
import { type Marks, markPattern } from './hcl/marks.ts';
import { createKeyIndex, isKey, isReplica, type KeyIndex, keyAttributesOf } from './key-index.ts';
import type { CommonStart } from './names.ts';
import { type Place, type Places, placesOf } from './places.ts';
import { isShared } from './resources/shared-parameter.ts';
import type { Source, SourceOutput, SourceResource } from './source/resource.ts';
import { holderKindOf } from './source/types.ts';
import { stackOf } from './stack.ts';

export interface StackNames {
  readonly name: string;
  readonly app: string;
  readonly commonStart: CommonStart;
  readonly file: string;
  readonly marks?: Marks;
}

/** Assigns a source's resources to stacks. Returns the resources too, without keys that are there twice (`managed`). */
export function stacksOf(source: Source, names: StackNames) {
  const collector = createCollector();
  const leftOut: LeftOut[] = [];
  const places = placesOf(source);
  const managed = withDoubtfulPolicies(collector.take(withoutDoubles(source.managed)), places);
  const keys = createKeyIndex(managed, places);
  const leave = ({ type, address, span }: SourceResource) => leftOut.push({ type, address, span });

  const keyPolicies = collector.take(keyPoliciesOf(managed, places, keys));
  const groups = new Map<string, { readonly place: Place; readonly resources: SourceResource[] }>();
  const addTo = (place: Place, resource: SourceResource) => {
    const id = JSON.stringify([place.account, place.region]);
    const group = groups.get(id) ?? { place, resources: [] };
    groups.set(id, group);
    group.resources.push(resource);
  };
  addToEach(managed, places, keys, addTo, (resource, definition) => {
    if (definition !== undefined) collector.add(definition);
    leave(resource);
  });
  for (const resource of managed) {
    if (resource.tainted) collector.add(report(taintedKey, resource.span, { resource: resource.address }));
  }

  const several = groups.size > 1;
  const accounts = new Set([...groups.values()].flatMap(({ place }) => place.account ?? []));
  const suffixOf = (place: Place) =>
    [...(accounts.size > 1 ? [place.account] : []), place.region].filter((part) => part !== undefined);
  // A replica's template is called `<stack>-<region>`. If the main stack had no suffix, another stack could have the same
  // name.
  const others = [...groups.values()].flatMap(({ place }) =>
    samePlace(place, places.main) ? [] : suffixOf(place).join('-'),
  );
  const replicaRegions = source.managed.filter(isReplica).flatMap((replica) => places.of(replica).region ?? []);
  const mainIsPlain = !replicaRegions.some((region) => others.includes(region));
  const stacks = [...groups.values()].map(({ place, resources }): MadeStack => {
    const isMain = samePlace(place, places.main);
    const suffix = suffixOf(place);
    // The region comes first: a name has to start with a letter, and an account id starts with a digit.
    const environmentName = suffix.length === 0 ? undefined : [...suffix].reverse().join('-');
    const draft: Draft = {
      name: several && !(isMain && mainIsPlain) ? [names.name, ...suffix].join('-') : names.name,
      app: names.app,
      commonStart: names.commonStart,
      environment: environmentOf(place, environmentName),
      isMain,
      resources,
      keyPolicies,
      keys,
      outputs: source.outputs,
      places,
      file: names.file,
      ...(names.marks !== undefined && { marks: names.marks }),
    };
    const made = stackOf(draft);
    collector.add(...made.diagnostics);
    leftOut.push(...made.leftOut);
    return made.made;
  });
  const kept = new Set(stacks.flatMap(({ stack }) => stack.outputs.map(({ name }) => name)));
  for (const output of source.outputs.filter(({ name }) => !kept.has(name))) {
    const { name, span } = output;
    if (isAboutKeys(output, names.marks))
      collector.add(report(outputLeftOut, span, { name, reason: whyLeftOut(output) }));
    else leftOut.push({ type: 'output', address: `output.${name}`, span });
  }
  return {
    stacks: stacks.filter(({ stack }) => stack.resources.length > 0),
    managed,
    leftOut,
    diagnostics: collector.diagnostics,
  };
}

function isAboutKeys({ value, references = [] }: SourceOutput, marks: Marks | undefined): boolean {
  const text = JSON.stringify(value) ?? '';
  const addresses = [...text.matchAll(new RegExp(markPattern, 'g'))].flatMap(([mark]) => marks?.addressOf(mark) ?? []);
  return /\barn:[^:\s]+:kms:/.test(text) || [...addresses, ...references].some((one) => /(^|\.)aws_kms_/.test(one));
}

function whyLeftOut({ value, sensitive }: SourceOutput): string {
  if (value === undefined) return 'its value is not known';
  if (typeof value !== 'string') return 'its value is not text';
  return sensitive ? 'it is sensitive, and contains more than one ARN or id' : 'what it names is not part of the YAML';
}

/** Drops the second of two resources that are the same key. */
function withoutDoubles(resources: readonly SourceResource[]): Result<readonly SourceResource[]> {
  const collector = createCollector();
  const byArn = new Map<string, SourceResource>();
  const kept = resources.filter((resource) => {
    const arn = isKey(resource) ? peek(resource, 'arn') : undefined;
    const other = arn === undefined ? undefined : byArn.get(arn);
    if (arn !== undefined && other === undefined) byArn.set(arn, resource);
    if (other === undefined) return true;
    const parameters = { resource: resource.address, other: other.address };
    collector.add(report(doubleOwner, resource.span, parameters, [{ message: 'the other one', span: other.span }]));
    return false;
  });
  return collector.result(kept);
}

/** Decides the place of each resource: its key's, its own, or the main one. */
function addToEach(
  resources: readonly SourceResource[],
  places: Places,
  keys: KeyIndex,
  addTo: (place: Place, resource: SourceResource) => void,
  leave: (resource: SourceResource, why?: Diagnostic) => void,
): void {
  const placeOfKey = (key: SourceResource): Place | undefined => {
    if (!isReplica(key)) return places.of(key);
    const primary = keys.named(key, 'primary_key_arn');
    return primary === undefined || isReplica(primary) ? undefined : places.of(primary);
  };
  const named = new Set(
    resources
      .filter((resource) => isKey(resource) || resource.type === 'aws_kms_alias')
      .flatMap((resource) => ['arn', 'key_id', 'id', 'name'].flatMap((attribute) => peek(resource, attribute) ?? [])),
  );
  for (const resource of resources) {
    const { type, address, span } = resource;
    if (isKey(resource)) {
      const place = placeOfKey(resource);
      if (place === undefined) leave(resource, report(lonelyReplica, span, { resource: address }));
      else addTo(place, resource);
    } else if (type === 'aws_kms_alias' || type === 'aws_kms_grant') {
      const key = keys.named(resource, ...keyAttributesOf(resource));
      const place = key === undefined ? places.of(resource) : placeOfKey(key);
      if (place === undefined) leave(resource);
      else if (isAnywhere(place, places))
        leave(resource, report(unplacedPolicy, resource.spanOf('key_id'), { resource: address, ...unclearRegion }));
      else addTo(place, resource);
    } else if (type === 'aws_ssm_parameter') {
      if (isShared(resource, named)) addTo(places.of(resource), resource);
      else leave(resource);
    } else if (holderKindOf(resource) !== undefined && !mayConcernKms(resource)) {
      leave(resource);
    } else if (type.startsWith('aws_iam_')) {
      const reason = holderKindOf(resource) && whyItStays(resource);
      if (reason !== undefined) {
        leave(resource, report(policyStays, span, { resource: address, reason }));
        continue;
      }
      const { account } = places.of(resource);
      const isElsewhere = account !== undefined && places.main.account !== undefined && account !== places.main.account;
      addTo(isElsewhere ? { ...places.main, account } : places.main, resource);
    }
  }
}

/** Whether an identity policy is about KMS, or may be: it is not known as a whole. */
function mayConcernKms(policy: SourceResource): boolean {
  if (policy.unknown.has('policy')) return policy.mentionsKms !== false;
  try {
    return concernsKms(JSON.parse(peek(policy, 'policy') ?? ''));
  } catch {
    return true; // reported when the policy is read
  }
}

/** Why an identity policy cannot be read: its document or name is unknown. `undefined` if it can. */
function whyItStays(policy: SourceResource): string | undefined {
  const [unknown] = ['policy', 'name'].flatMap((name) => unknownOf(policy, name) ?? []);
  return unknown?.reason;
}

/**
 * If it is unclear which key an `aws_kms_key_policy` is for, it may be for any key without a policy in the configuration.
 * So none of these keys is assumed to have KMS's default policy.
 */
function withDoubtfulPolicies(resources: readonly SourceResource[], places: Places): readonly SourceResource[] {
  const policies = resources.filter(({ type }) => type === 'aws_kms_key_policy');
  if (policies.length === 0) return resources;
  const keys = createKeyIndex(resources, places);
  const isUnclear = (policy: SourceResource) =>
    peek(policy, 'key_id') === undefined && keys.named(policy, 'key_id') === undefined;
  const unclear = policies.find(isUnclear);
  if (unclear === undefined) return resources;
  const whyNoPolicy = new Unknown(
    `it is not clear which key ${unclear.address} is for`,
    'read the state, which has the policy of each key',
  );
  return resources.map((resource) => {
    const { configured } = resource;
    if (!isKey(resource) || configured?.('policy') !== 'absent') return resource;
    return { ...resource, whyNoPolicy, configured: (name) => (name === 'policy' ? [] : configured(name)) };
  });
}

/** Folds each `aws_kms_key_policy` into its key. */
function keyPoliciesOf(
  resources: readonly SourceResource[],
  places: Places,
  keys: KeyIndex,
): Result<ReadonlyMap<SourceResource, SourceResource>> {
  const collector = createCollector();
  const policies = new Map<SourceResource, SourceResource>();
  for (const policy of resources) {
    if (policy.type !== 'aws_kms_key_policy') continue;
    const { address } = policy;
    const key = keys.named(policy, 'key_id');
    const other = key && policies.get(key);
    if (key === undefined) {
      collector.add(
        report(unplacedPolicy, policy.spanOf('key_id'), {
          resource: address,
          problem: policy.unknown.has('key_id')
            ? 'is for a key that is known only after apply'
            : 'is for a key that is not in this state',
          advice: 'read the state that has both, or leave the policy to Terraform',
          ...(isAnywhere(places.of(policy), places) && unclearRegion),
        }),
      );
    } else if (other !== undefined) {
      collector.add(
        report(
          unplacedPolicy,
          policy.spanOf('key_id'),
          {
            resource: address,
            problem: `and ${other.address} are for the same key, ${key.address}`,
            advice: 'remove one of them: each apply overwrites the other',
          },
          [{ message: 'the other one', span: other.span }],
        ),
      );
    } else policies.set(key, policy);
  }
  return collector.result(policies);
}

/** Whether the region of a place is unknown, although the main place has one. */
function isAnywhere(place: Place, { main }: Places): boolean {
  return place.region === undefined && main.region !== undefined;
}

const unclearRegion = {
  problem: 'names its key by an id, and it is not clear in which of several regions',
  advice:
    'read the state file itself (`terraform state pull`): unlike `terraform show -json`, it says which provider a resource has',
};

function samePlace(one: Place, other: Place): boolean {
  return one.account === other.account && one.region === other.region;
}

function environmentOf({ account, region, partition }: Place, name: string | undefined): Environment {
  return {
    ...(name !== undefined && { name }),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(partition !== undefined && { partition }),
  };
}
