import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { Environment } from '@keywright/core/ir/program';
import type { LeftOut } from '@keywright/core/reading/reader';
import { peek } from './attributes.ts';
import { doubleOwner, outputLeftOut, taintedKey } from './diagnostics.ts';
import type { Draft, MadeStack } from './draft.ts';
import { type Group, groupsOf } from './groups.ts';
import { type Marks, markPattern } from './hcl/marks.ts';
import { createKeyIndex, isKey, isReplica } from './key-index.ts';
import { keyPoliciesOf, withDoubtfulPolicies } from './key-policies.ts';
import type { CommonStart } from './names.ts';
import { type Place, placesOf } from './places.ts';
import type { Source, SourceOutput, SourceResource } from './source/resource.ts';
import { stackOf } from './stack.ts';

export interface StackNames {
  readonly name: string;
  readonly app: string;
  readonly commonStart: CommonStart;
  readonly file: string;
  readonly marks?: Marks;
}

/** Assigns a source's resources to stacks. Returns the resources too (`managed`), without the second of two resources that are one key. */
export function stacksOf(source: Source, names: StackNames) {
  const collector = createCollector();
  const places = placesOf(source);
  const managed = withDoubtfulPolicies(collector.take(withoutDoubles(source.managed)), places);
  const keys = createKeyIndex(managed, places);
  const keyPolicies = collector.take(keyPoliciesOf(managed, places, keys));
  const { groups, leftOut: notInStacks } = collector.take(groupsOf(managed, places, keys));
  for (const resource of managed) {
    if (resource.tainted) collector.add(report(taintedKey, resource.span, { resource: resource.address }));
  }
  const replicaRegions = source.managed.filter(isReplica).flatMap((replica) => places.of(replica).region ?? []);
  const namesOf = createPlaceNames(groups, places.main, replicaRegions);
  const made = groups.map(({ place, resources }) => {
    const { suffix, environmentName } = namesOf(place);
    const draft: Draft = {
      name: [names.name, ...suffix].join('-'),
      app: names.app,
      commonStart: names.commonStart,
      environment: environmentOf(place, environmentName),
      isMain: samePlace(place, places.main),
      resources,
      keyPolicies,
      keys,
      outputs: source.outputs,
      places,
      file: names.file,
      ...(names.marks !== undefined && { marks: names.marks }),
    };
    return stackOf(draft);
  });
  collector.add(...made.flatMap(({ diagnostics }) => diagnostics));
  const stacks = made.map((each): MadeStack => each.made);
  const unused = unusedOutputs(source.outputs, stacks);
  const aboutKeys = unused.filter((output) => isAboutKeys(output, names.marks));
  collector.add(
    ...aboutKeys.map((output) => report(outputLeftOut, output.span, { name: output.name, reason: whyLeftOut(output) })),
  );
  const otherOutputs = unused.filter((output) => !aboutKeys.includes(output));
  const leftOut: readonly LeftOut[] = [
    ...notInStacks.map(({ type, address, span }) => ({ type, address, span })),
    ...made.flatMap((each) => each.leftOut),
    ...otherOutputs.map(({ name, span }) => ({ type: 'output', address: `output.${name}`, span })),
  ];
  return {
    stacks: stacks.filter(({ stack }) => stack.resources.length > 0),
    managed,
    leftOut,
    diagnostics: collector.diagnostics,
  };
}

/** Returns the parts of a place's account and region that the names of its stack and environment contain. */
type PlaceNames = (place: Place) => {
  /** Empty for a stack with a plain name. */
  readonly suffix: readonly string[];
  readonly environmentName: string | undefined;
};

function createPlaceNames(groups: readonly Group[], main: Place, replicaRegions: readonly string[]): PlaceNames {
  const accounts = new Set(groups.flatMap(({ place }) => place.account ?? []));
  const suffixOf = (place: Place) =>
    [...(accounts.size > 1 ? [place.account] : []), place.region].filter((part) => part !== undefined);
  // A replica's template is called `<stack>-<region>`. If the main stack had no suffix, another stack could have that name.
  const others = groups.flatMap(({ place }) => (samePlace(place, main) ? [] : suffixOf(place).join('-')));
  const mainIsPlain = !replicaRegions.some((region) => others.includes(region));
  return (place) => {
    const suffix = suffixOf(place);
    const isPlain = groups.length === 1 || (mainIsPlain && samePlace(place, main));
    // The region comes before the account id, because a name has to start with a letter.
    const environmentName = suffix.length === 0 ? undefined : [...suffix].reverse().join('-');
    return { suffix: isPlain ? [] : suffix, environmentName };
  };
}

function unusedOutputs(outputs: readonly SourceOutput[], stacks: readonly MadeStack[]): readonly SourceOutput[] {
  const kept = new Set(stacks.flatMap(({ stack }) => stack.outputs.map(({ name }) => name)));
  return outputs.filter(({ name }) => !kept.has(name));
}

function isAboutKeys({ value, references = [], mentionsKms = false }: SourceOutput, marks: Marks | undefined): boolean {
  if (mentionsKms) return true;
  const text = JSON.stringify(value) ?? '';
  const addresses = [...text.matchAll(new RegExp(markPattern, 'g'))].flatMap(([mark]) => marks?.addressOf(mark) ?? []);
  return /\barn:[^:\s]+:kms:/.test(text) || [...addresses, ...references].some((one) => /(^|\.)aws_kms_/.test(one));
}

function whyLeftOut({ value, sensitive }: SourceOutput): string {
  if (value === undefined) return 'its value is not known';
  if (typeof value !== 'string') return 'its value is not text';
  return sensitive ? 'it is sensitive, and contains more than one ARN or id' : 'what it names is not part of the YAML';
}

/** Removes the second of two resources that are the same key. */
function withoutDoubles(resources: readonly SourceResource[]): Result<readonly SourceResource[]> {
  const collector = createCollector();
  const byArn = new Map<string, SourceResource>();
  const kept = resources.filter((resource) => {
    const arn = isKey(resource) ? peek(resource, 'arn') : undefined;
    const earlier = arn === undefined ? undefined : byArn.get(arn);
    if (arn !== undefined && earlier === undefined) byArn.set(arn, resource);
    if (earlier === undefined) return true;
    const parameters = { resource: resource.address, other: earlier.address };
    collector.add(report(doubleOwner, resource.span, parameters, [{ message: 'the other one', span: earlier.span }]));
    return false;
  });
  return collector.result(kept);
}

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
