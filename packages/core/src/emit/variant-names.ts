/** Names the programs of a definition whose deployments differ in shape. */
import { groupBy } from '../collections/group-by.ts';
import type { Stack } from '../ir/program.ts';

export interface Shape {
  readonly deployments: readonly [Stack, ...Stack[]];
  readonly text: string;
  /** Whether all deployments are equal apart from what each takes from its own account and environment. */
  readonly saysSameEverywhere: boolean;
}

/**
 * Names the program of each shape; `stacks` are all stacks. A program keeps its name from the last build for the target, so that adding an
 * environment renames no program. A new program is named after the definition if no entry of `in` changes the shape of its deployments.
 * Otherwise its name ends in the environments of the entries of `in` that apply in all of its deployments (`core-production`). If no entry
 * does, or this name is taken, the program is named after its first deployment whose name is free.
 */
export function variantNames(
  shapes: readonly Shape[],
  stacks: readonly Stack[],
  target?: string,
): ReadonlyMap<Shape, string> {
  const names = new Map<Shape, string>();
  const owners = new Map(stacks.map((stack) => [stack.name, stack]));
  const taken = new Set(stacks.flatMap(({ definition }) => definition ?? []));
  for (const ofDefinition of byDefinition(shapes)) {
    const kept = keptNames(ofDefinition, target);
    const keptPlain = ofDefinition.find(
      (shape) => kept.has(shape) && kept.get(shape) === shape.deployments[0].definition,
    );
    const plain = keptPlain ?? plainOf(ofDefinition.filter((shape) => !kept.has(shape)));
    for (const name of kept.values()) taken.add(name);
    for (const shape of ofDefinition) {
      const { deployments } = shape;
      const [{ name, definition }] = deployments;
      const keptName = shape === plain ? definition : kept.get(shape);
      if (definition === undefined || keptName !== undefined) {
        names.set(shape, keptName ?? name);
        continue;
      }
      const preferred = nameAfterEntries(shape) ?? name;
      const owner = owners.get(preferred);
      // Whether a stack has that name and belongs to another program.
      const isElsewhere = owner !== undefined && !deployments.includes(owner);
      const isFree = !isElsewhere && !taken.has(preferred);
      const chosen = isFree ? preferred : (deployments.find((one) => !taken.has(one.name))?.name ?? name);
      taken.add(chosen);
      names.set(shape, chosen);
    }
  }
  return names;
}

/**
 * The names that programs of a definition keep from the last build. If deployments that shared a name now differ in shape, the name goes to
 * the shape that would get it in a first build, or else to the shape with the deployment of that name, or else to the first shape.
 */
function keptNames(shapes: readonly Shape[], target: string | undefined): ReadonlyMap<Shape, string> {
  const claims = new Map<string, Shape[]>();
  if (target === undefined) return new Map();
  for (const shape of shapes) {
    const former = shape.deployments.flatMap(({ formerPrograms }) => formerPrograms?.[target] ?? []);
    for (const name of new Set(former)) claims.set(name, [...(claims.get(name) ?? []), shape]);
  }
  const kept = new Map<Shape, string>();
  for (const [name, claimants] of [...claims].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const open = claimants.filter((shape) => !kept.has(shape));
    const [first] = open;
    const isOfDefinition = first?.deployments[0].definition === name;
    const owner =
      (isOfDefinition ? plainOf(open) : open.find((shape) => nameAfterEntries(shape) === name)) ??
      open.find(({ deployments }) => deployments.some((stack) => stack.name === name)) ??
      first;
    if (owner !== undefined) kept.set(owner, name);
  }
  return kept;
}

function byDefinition(shapes: readonly Shape[]): Iterable<readonly Shape[]> {
  return groupBy(shapes, ({ deployments: [{ name, definition = name }] }) => definition).values();
}

/**
 * The shape that gives its program the name of the definition. It is a shape with a deployment to which no entry of `in` applies; otherwise
 * a shape whose deployments have no entry of `in` in common. Of several such shapes, the one with the shortest text is chosen, so that
 * their order does not matter. A policy on a role of one account, or a role with a name that another environment uses, makes a shape
 * longer.
 */
function plainOf(shapes: readonly Shape[]): Shape | undefined {
  const bySize = shapes.toSorted(
    ({ text: one }, { text: other }) => one.length - other.length || (one < other ? -1 : 1),
  );
  return (
    bySize.find(({ deployments }) => deployments.some(({ differences = [] }) => differences.length === 0)) ??
    bySize.find((shape) => sharedDifferences(shape).length === 0)
  );
}

/** The entries of `in` that apply in all deployments of a shape, as the environments they name. */
function sharedDifferences({ deployments: [first, ...others] }: Shape): NonNullable<Stack['differences']> {
  return (first.differences ?? []).filter(({ environments }) =>
    others.every(({ differences = [] }) => differences.some((other) => other.environments === environments)),
  );
}

/**
 * The name of a program, made from the entries of `in` that apply in all of its deployments. If an entry names the environment, the
 * program is named after the environment, since no entry is narrower; otherwise after all groups and patterns, which may overlap.
 * `undefined` if there is no such entry, or if all of them name environments of replicas.
 */
function nameAfterEntries(shape: Shape): string | undefined {
  const shared = sharedDifferences(shape);
  const [{ environment, definition }] = shape.deployments;
  const named = shared.filter(({ environments }) => environments === environment.name);
  const sets = shared.filter(({ kind }) => kind !== 'name');
  const names = (named.length > 0 ? named : sets).map(({ environments }) => asName(environments));
  return names.length === 0 ? undefined : `${definition}-${[...new Set(names)].sort().join('-')}`;
}

/** A name or pattern such as `sandbox-*` in a form that fits into a name. */
function asName(environments: string): string {
  return environments.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'all';
}
