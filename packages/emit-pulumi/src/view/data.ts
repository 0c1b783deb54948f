import { importComment } from '@keywright/core/emit/comment';
import type { StackUses } from '@keywright/core/emit/references';
import type { Stack } from '@keywright/core/ir/program';
import { projectName } from '../names.ts';
import type { PulumiOptions } from '../options.ts';
import { atom, type Code, call, inlineObject, string, template } from '../print/code.ts';
import type { Constants, Declaration } from '../print/constants.ts';
import { type Lookup, lookups } from '../print/printer.ts';
import type { Providers } from './providers.ts';

/** What a program reads before its resources. */
export interface Data {
  readonly lookups: readonly Declaration[];
  readonly stackReferences: readonly Declaration[];
  readonly parameters: readonly (Declaration & { readonly source: string })[];
}

const lookupOrder: readonly Lookup[] = ['getCallerIdentity', 'getRegion', 'getPartition'];

export function dataOf(
  { pseudos, stacks, parameters }: StackUses,
  stack: Stack,
  constants: Constants,
  providers: Providers,
  options: PulumiOptions,
): Data {
  const used = new Set([...pseudos].map((name) => lookups[name].lookup));
  // What makes a function of the AWS provider run where the stack is.
  const provider = used.size + parameters.length > 0 ? providers.of(undefined) : undefined;
  const invokeOptions: readonly Code[] = provider === undefined ? [] : [inlineObject([['provider', atom(provider)]])];
  const lookupArguments = provider === undefined ? [] : [inlineObject([]), ...invokeOptions];
  return {
    lookups: lookupOrder
      .filter((lookup) => used.has(lookup))
      .map((lookup) => ({
        constant: constants.ofLookup(lookup),
        code: call(`aws.${lookup}Output`, ...lookupArguments),
      })),
    stackReferences: stacks.map((name) => ({
      constant: constants.ofStack(name),
      code: call('new pulumi.StackReference', stackPath(projectName(stack.app, name), options)),
    })),
    parameters: parameters
      .map((entry) => {
        const args = inlineObject([['name', string(entry.parameterName ?? '')]]);
        const code = call('aws.ssm.getParameterOutput', args, ...invokeOptions);
        return { source: importComment(entry), constant: constants.ofParameter(entry), code };
      })
      .sort((one, other) => (one.constant < other.constant ? -1 : 1)),
  };
}

/** `organization/project/stack`, which is how Pulumi's backend calls a stack. */
function stackPath(project: string, { organization, stackName }: PulumiOptions): Code {
  return template('', [
    organization === undefined ? atom('pulumi.getOrganization()') : string(organization),
    string(`/${project}/`),
    stackName === undefined ? atom('pulumi.getStack()') : string(stackName),
  ]);
}
