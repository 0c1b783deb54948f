import type { LookedUpAlias } from '../project.ts';
import { base, crowd, crowdAlias, data, lake } from '../world.ts';

type Of = (alias: string, region?: string) => LookedUpAlias;

export const ofBase: Of = (alias, region = 'eu-west-1') => ({ account: base, region, alias });
/** By the name of a role. */
export const ofData: Of = (alias, region = 'eu-west-1') => ({ account: data, region, alias, role: 'Reader' });
/** By the name of a role with its path. */
export const ofLake: Of = (alias, region = 'eu-west-1') => ({
  account: lake,
  region,
  alias,
  role: 'team/KmsAliasReader',
});
/** By the ARN of a role. */
export function ofCrowd(index: number): LookedUpAlias {
  const role = `arn:aws:iam::${crowd}:role/Reader`;
  return { account: crowd, region: 'eu-west-1', alias: crowdAlias(index), role };
}
