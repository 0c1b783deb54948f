import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownRegion } from '../diagnostics/resolve.ts';
import type { Environment } from '../ir/program.ts';
import { partitionOfPlace } from '../kms/partitions.ts';
import type { EnvironmentDefinition } from '../language/environment.ts';
import { type Named, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { partitionIsRight } from './places-exist.ts';

/** An environment with its partition, and the ARN of the role that deploys to it. */
export function resolveEnvironment({ name, value }: Named<EnvironmentDefinition>): Environment {
  const { account, region, purpose, values, tags = {}, deployRole } = value;
  const partition = partitionOfPlace(region, value.partition);
  const roleArn = deployRole?.startsWith('arn:') ? deployRole : `arn:${partition}:iam::${account}:role/${deployRole}`;
  const texts = Object.entries(tags).filter(([, tag]) => !tag.includes('${'));
  return {
    name,
    account,
    region,
    partition,
    ...(purpose !== undefined && { purpose }),
    ...(values !== undefined && { values }),
    ...(texts.length > 0 && { tags: Object.fromEntries(texts) }),
    ...(deployRole !== undefined && { deployRole: roleArn }),
  };
}

/** Checks the regions and partitions of the environments. */
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
