import type { Resource, Stack } from '@keywright/core/ir/program';
import { rewrite } from '@keywright/core/ir/rewrite';
import { placeOf } from '@keywright/core/resolve/place';

/** Fills in the account, region and partition of a stack if they are known. Otherwise, only the deployment could. */
export function withKnownPlace<T>(value: T, stack: Stack, resource?: Resource): T {
  const region = resource?.region;
  const stackEnvironment = stack.environment;
  const environment =
    region === undefined || region === stackEnvironment.region
      ? stackEnvironment
      : (stack.replicaEnvironments.find((one) => one.region === region) ?? { ...stackEnvironment, region });
  const place = placeOf(environment);
  return rewrite(value, (part) => (part.kind === 'pseudo' ? place[part.name] : part));
}
