import type { LookedUpAlias } from '../project.ts';
import { base, crowd, crowdAlias, data, lake } from '../world.ts';

type Of = (alias: string, region?: string) => LookedUpAlias;

export const ofBase: Of = (alias, region = 'eu-west-1') => ({ account: base, region, alias });
/** An alias in the data account, which is reached with a role given by its name. */
export const ofData: Of = (alias, region = 'eu-west-1') => ({ account: data, region, alias, role: 'Reader' });
/** An alias in the lake account, which is reached with a role given by its name and path. */
export const ofLake: Of = (alias, region = 'eu-west-1') => ({
  account: lake,
  region,
  alias,
  role: 'team/KmsAliasReader',
});
/** An alias in the crowd account, which is reached with a role given by its ARN. */
export function ofCrowd(index: number): LookedUpAlias {
  const role = `arn:aws:iam::${crowd}:role/Reader`;
  return { account: crowd, region: 'eu-west-1', alias: crowdAlias(index), role };
}
