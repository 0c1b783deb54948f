/** What the programs of a definition are called whose deployments differ in shape. */
import type { Stack } from '../ir/program.ts';

/** Deployments of one shape, and the shape as text. */
export interface Shape {
  readonly deployments: readonly [Stack, ...Stack[]];
  readonly text: string;
  /** Whether all deployments say the same but for their account and region. */
  readonly saysSameEverywhere: boolean;
}

/**
 * The name of the program of each shape; `stacks` are those of all. The program of deployments in which no entry of
 * `in` changes the shape is called like the definition. Each other one has the environments after that which the YAML names in the
 * entries that hold in all of its deployments: `core-production`. So an environment more, in which the same entries hold or none, renames
 * nothing. Where no entry makes the difference, a program is called like its first deployment.
 */
export function variantNames(shapes: readonly Shape[], stacks: readonly Stack[]): ReadonlyMap<Shape, string> {
  const names = new Map<Shape, string>();
  const owners = new Map(stacks.map((stack) => [stack.name, stack]));
  const taken = new Set(stacks.flatMap(({ definition }) => definition ?? []));
  for (const own of byDefinition(shapes)) {
    const plain = plainOf(own);
    for (const shape of own) {
      const { deployments } = shape;
      const [{ name, definition }] = deployments;
      if (definition === undefined || shape === plain) {
        names.set(shape, definition ?? name);
        continue;
      }
      const environments = sharedEnvironments(shape);
      const wanted = environments === '' ? name : `${definition}-${environments}`;
      const owner = owners.get(wanted);
      // A stack of that name has another program.
      const isElsewhere = owner !== undefined && !deployments.includes(owner);
      const given = isElsewhere || taken.has(wanted) ? name : wanted;
      taken.add(given);
      names.set(shape, given);
    }
  }
  return names;
}

function byDefinition(shapes: readonly Shape[]): Iterable<readonly Shape[]> {
  const groups = new Map<string, Shape[]>();
  for (const shape of shapes) {
    const [{ name, definition = name }] = shape.deployments;
    const group = groups.get(definition);
    if (group === undefined) groups.set(definition, [shape]);
    else group.push(shape);
  }
  return groups.values();
}

/**
 * The shape whose program is called like the definition: one where no entry of `in` holds or, where some hold in every deployment, whose
 * deployments share none of them. Of several, which no entry tells apart, the one with the least in it, whatever the order: the others
 * have an export that a stack uses in some environments only, or a policy on a role of one account.
 */
export function plainOf(shapes: readonly Shape[]): Shape | undefined {
  const bySize = shapes.toSorted(
    ({ text: one }, { text: other }) => one.length - other.length || (one < other ? -1 : 1),
  );
  return (
    bySize.find(({ deployments }) => deployments.some(({ differences = [] }) => differences.length === 0)) ??
    bySize.find((shape) => sharedDifferences(shape).length === 0)
  );
}

/** The entries of `in` that hold in all deployments of a shape, as the environments that they name. */
function sharedDifferences({ deployments: [first, ...others] }: Shape): NonNullable<Stack['differences']> {
  return (first.differences ?? []).filter(({ environments }) =>
    others.every(({ differences = [] }) => differences.some((other) => other.environments === environments)),
  );
}

/**
 * What a program is called after: its environment where an entry names that, as it says all; or else every group and pattern, none of
 * which need be in another. Empty where entries name nothing but environments of replicas.
 */
function sharedEnvironments(shape: Shape): string {
  const shared = sharedDifferences(shape);
  const [{ environment }] = shape.deployments;
  const own = shared.filter(({ environments }) => environments === environment.name);
  const sets = shared.filter(({ kind }) => kind !== 'name');
  const names = (own.length > 0 ? own : sets).map(({ environments }) => asName(environments));
  return [...new Set(names)].sort().join('-');
}

/** `sandbox-*` as a part of a name. */
function asName(environments: string): string {
  return environments.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'all';
}
