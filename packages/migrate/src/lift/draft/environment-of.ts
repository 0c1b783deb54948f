import type { Environment, Key, ReplicaKey, Stack } from '@keywright/core/ir/program';

export function environmentOf(key: Key | ReplicaKey, stack: Stack): Environment {
  if (key.kind === 'key') return stack.environment;
  return stack.replicaEnvironments.find(({ name }) => name === key.environmentName) ?? {};
}
