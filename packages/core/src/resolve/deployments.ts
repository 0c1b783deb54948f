/** Expands the stacks of a project to their deployments, in which no names are bound yet. */
import { report } from '../diagnostics/diagnostic.ts';
import { tooManyParts } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { literal } from '../ir/expression.ts';
import type { KeyDefinition } from '../language/key.ts';
import type { StackDefinition, StackDifference } from '../language/stack.ts';
import { unknownTargetAt } from '../language/unknown-target.ts';
import { elements, type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { type Difference, differencesIn, presence } from './differences.ts';
import type { EnvironmentSets } from './environment-sets.ts';
import { inheritedTags } from './inherited-tags.ts';
import { interpolate } from './interpolate.ts';
import { keysOfSets } from './key-sets.ts';
import type { ShapeDifference, StackModel } from './model.ts';
import { placeOf } from './place.ts';
import type { Declarations } from './scope.ts';
import { sectionsOf } from './sections.ts';
import { shapeDifferencesOfStack } from './shape-differences.ts';
import { collectEnvironments, deploymentName, nameTextOf } from './stack-environments.ts';

/** A part of the model under construction: its readonly properties are set once, as names are bound. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

interface Deployments {
  readonly deployments: readonly Draft<StackModel>[];
  /** Whether all stacks are deployed. If there are too many parts, none is. */
  readonly isWhole: boolean;
  readonly usedKeySets: ReadonlySet<string>;
}

/** Returns each stack in each of its environments. Reports too many keys, replicas, principals and imports altogether. */
export function deploymentsOf(declarations: Declarations, targetNames: readonly string[]): Result<Deployments> {
  const { project, environments } = declarations;
  const collector = createCollector();
  const usedKeySets = new Set<string>();
  const keysOfSet = new Map(
    [...project.stacks.values()].map((stack) => [stack, collector.take(keysOfSets(stack, project, usedKeySets))]),
  );
  const tooMany = firstBeyondLimit(project, environments, keysOfSet);
  if (tooMany !== undefined) {
    collector.add(report(tooManyParts, tooMany.nameSpan, { limit: partLimit }));
    return collector.result({ deployments: [], isWhole: false, usedKeySets });
  }
  const deployments = [...keysOfSet].flatMap(([definition, ofSets]) =>
    collector.take(deploymentsOfStack(definition, ofSets, declarations, targetNames)),
  );
  return collector.result({ deployments, isWhole: true, usedKeySets });
}

function deploymentsOfStack(
  definition: Named<StackDefinition>,
  ofSets: readonly Named<KeyDefinition>[],
  declarations: Declarations,
  targetNames: readonly string[],
): Result<readonly Draft<StackModel>[]> {
  const { project, declared } = declarations;
  const collector = createCollector();
  const environments = collector.take(collectEnvironments(definition, declarations.environments));

  const selected = elements(property(definition, 'targets'));
  for (const target of selected) {
    if (targetNames.includes(target.value)) continue;
    collector.add(unknownTargetAt(target.span, target.value, targetNames));
  }
  const targets =
    selected.length === 0 ? targetNames : targetNames.filter((name) => selected.some((one) => one.value === name));

  const unchanged = sectionsOf(definition, [], ofSets);
  const deployments = environments.flatMap((environment): readonly Draft<StackModel>[] => {
    const differences = differencesIn<StackDifference>(definition, environment, declarations);
    const { absentBy, diagnostics } = presence(differences, `stack \`${definition.name}\``);
    collector.add(...diagnostics);
    if (absentBy !== undefined) return [];
    const sections = collector.take(differences.length === 0 ? unchanged : sectionsOf(definition, differences, ofSets));
    const name = deploymentName(definition, environment.name);
    const names = { app: literal(project.app), stack: nameTextOf({ name, definition, environment }) };
    const values = declared.valuesIn(environment, environments);
    const place = placeOf(environment, { names, values, accounts: declared.accounts });
    const tags = inheritedTags(definition, sections.tags, environment, project);
    // Checked here because the stack may have nothing to tag.
    for (const tag of tags.values()) collector.take(interpolate(tag, place));
    const deployment = {
      name,
      app: project.app,
      definition,
      environment,
      place,
      replicaEnvironments: [],
      differences: shapeDifferencesOfStack(differences, definition).map(asShapeDifference),
      targets,
      tags,
      sections,
      created: new Map(),
      keys: new Map(),
      absentKeys: new Map(),
      imports: new Map(),
      identityPolicies: [],
    };
    return [deployment];
  });
  return collector.result(deployments);
}

/** The parts of an entry of `in` that the model keeps. */
export function asShapeDifference({ entry, set: { kind } }: Difference<unknown>): ShapeDifference {
  return { environments: entry.name, kind, span: entry.nameSpan };
}

/** The maximum number of keys, replicas, principals and imports in all stacks and environments of a project. */
const partLimit = 200_000;

/** The first stack that takes the number of parts over the limit. The parts of a stack count once for each of its environments. */
function firstBeyondLimit(
  project: Project,
  sets: EnvironmentSets,
  keysOfSet: ReadonlyMap<Named<StackDefinition>, readonly Named<KeyDefinition>[]>,
): Named<StackDefinition> | undefined {
  let parts = 0;
  for (const definition of project.stacks.values()) {
    const { principals = {}, imports = {} } = definition.value;
    const ofSets = Object.fromEntries((keysOfSet.get(definition) ?? []).map(({ name, value }) => [name, value]));
    const keys = { ...ofSets, ...definition.value.keys };
    const deployments = collectEnvironments(definition, sets).value.length;
    const replicas = Object.values(keys).reduce((sum, key) => sum + (key.replicas?.length ?? 0), 0);
    const count = [keys, principals, imports].reduce((sum, section) => sum + Object.keys(section).length, replicas);
    parts += deployments * count;
    if (parts > partLimit) return definition;
  }
  return undefined;
}
