import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownName, unknownRegion } from '../diagnostics/resolve.ts';
import type { Result } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import { partitionOf } from '../kms/partitions.ts';
import type { EnvironmentDefinition } from '../language/environment.ts';
import { type Located, type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { partitionIsRight } from './places-exist.ts';

/** The environment of a name. One that does not exist is KW2003. */
export function findEnvironment(
  { value: name, span }: Located<string>,
  { environments }: Project,
): Result<Environment | undefined> {
  const definition = environments.get(name);
  if (definition !== undefined) return { value: resolveEnvironment(definition), diagnostics: [] };
  const candidates = [...environments.keys()];
  return { value: undefined, diagnostics: [report(unknownName, span, { kind: 'environment', name, candidates })] };
}

/** The environments in other regions of an environment's account, the first of each region. */
export function siblingsOf({ account, region }: Environment, project: Project): readonly Environment[] {
  if (account === undefined || region === undefined) return [];
  const byRegion = new Map<string, Environment>();
  for (const definition of project.environments.values()) {
    const { value } = definition;
    if (value.account !== account || value.region === undefined || value.region === region) continue;
    if (!byRegion.has(value.region)) byRegion.set(value.region, resolveEnvironment(definition));
  }
  return [...byRegion].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, environment]) => environment);
}

function resolveEnvironment(definition: Named<EnvironmentDefinition>): Environment {
  const { account, region, partition, purpose } = definition.value;
  const place = { name: definition.name, account, region, partition: partition ?? partitionOf(region) };
  return purpose === undefined ? place : { ...place, purpose };
}

/** The problems with the regions and partitions of the environments. */
export function environmentsExist({ environments, settings: { regions } }: Project): readonly Diagnostic[] {
  return [...environments.values()].flatMap((environment) => {
    const region = property(environment, 'region');
    const partition = property(environment, 'partition');
    if (region === undefined) return [];
    if (!regions.has(region.value)) {
      return [report(unknownRegion, region.span, { region: region.value, regions: [...regions] })];
    }
    return partition === undefined ? [] : partitionIsRight(partition, region.value, regions);
  });
}
