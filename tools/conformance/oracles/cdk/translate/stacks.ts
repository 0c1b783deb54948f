import type { Environment } from '@keywright/core/ir/program';
import { keysOf, type StackModel } from '@keywright/core/resolve/model';
import type * as core from 'aws-cdk-lib';
import { limitReplica } from './limit-replicas.ts';
import { limitOwnAccount } from './limit-unplaced-stacks.ts';
import { addTags } from './principals.ts';
import { replicaStackName, type Translation } from './translation.ts';

/** Creates a stack, and one more stack for each region with replicas of its keys. */
export function createStacks(stack: StackModel, translation: Translation): void {
  const tagsIn = ({ name }: Environment) => ({ ...translation.source.tagsOf(name), ...stack.definition.value.tags });
  const environment = translation.environments.get(stack) ?? {};
  const construct = createStack(stack.name, environment, stack, translation);
  if (readsAcrossRegions(stack, translation)) {
    // Otherwise, the CDK uses a custom resource.
    construct.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'weak');
  }
  translation.stacks.set(stack, construct);
  addTags(construct, tagsIn(stack.environment), construct, translation);
  limitOwnAccount(stack, translation);
  for (const replica of keysOf(stack).filter(({ primary }) => primary !== undefined)) {
    limitReplica(replica, translation);
    const name = replicaStackName(replica);
    if (translation.replicaStacks.has(name)) continue;
    const own = createStack(name, replica.environment, stack, translation);
    translation.replicaStacks.set(name, own);
    addTags(own, tagsIn(replica.environment), construct, translation);
  }
}

/** Creates a stack, or the stack of its replicas in a region. The context has the names that texts can use in the stack. */
function createStack(
  name: string,
  environment: Environment,
  { app, name: stackName }: StackModel,
  translation: Translation,
): core.Stack {
  const stack = emptyStack(name, environment, translation);
  const { name: environmentName, purpose } = environment;
  const words = { app, stack: stackName, environment: environmentName, purpose };
  for (const [word, text] of Object.entries({ ...words, ...translation.source.wordsOf(environmentName) })) {
    if (text !== undefined) stack.node.setContext(word, text);
  }
  return stack;
}

function emptyStack(name: string, { account, region }: Environment, { library, app }: Translation): core.Stack {
  const { Stack, BootstraplessSynthesizer } = library.core;
  const env = account !== undefined && region !== undefined ? { env: { account, region } } : {};
  if (library.legacy) return new Stack(app, name, env);
  // Version 2 requires a role, which it would use to read values of other accounts.
  const role = { cloudFormationExecutionRoleArn: 'arn:aws:iam::000000000000:role/Execution' };
  const synthesizer = new BootstraplessSynthesizer(role) as core.IStackSynthesizer; // its types do not support exactOptionalPropertyTypes
  return new Stack(app, name, { ...env, synthesizer });
}

/** Whether an existing role may get a policy in this stack that names a key of another region. */
function readsAcrossRegions(stack: StackModel, { environments }: Translation): boolean {
  const regionOf = (one: StackModel) => environments.get(one)?.region;
  return (
    stack.replicaEnvironments.length > 0 ||
    [...stack.imports.values()].some((one) => one.kind === 'key' && regionOf(one.key.stack) !== regionOf(stack))
  );
}
