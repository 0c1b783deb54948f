import type { Stack } from '@keywright/core/ir/program';
import { projectName } from '../names.ts';
import { atom, type Code, call, inlineObject, string, template } from '../print/code.ts';
import type { PulumiOptions } from '../target.ts';
import type { Declaration } from './constants.ts';
import { placeOf } from './place.ts';
import type { Providers } from './providers.ts';
import type { Lookup, UsedData } from './references.ts';

/** What a program reads before its resources. */
export interface Data {
  readonly lookups: readonly Declaration[];
  readonly stackReferences: readonly Declaration[];
  readonly parameters: readonly (Declaration & { readonly place: string })[];
}

const lookupOrder: readonly Lookup[] = ['getCallerIdentity', 'getRegion', 'getPartition'];

/** The data that was used, in an order of its own: `used` has that of the first use. */
export function dataOf(used: UsedData, stack: Stack, providers: Providers, options: PulumiOptions): Data {
  // What makes a function of the AWS provider run where the stack is.
  const invokeOptions = (): readonly Code[] => {
    const provider = providers.of(undefined);
    return provider === undefined ? [] : [inlineObject([['provider', atom(provider)]])];
  };
  return {
    lookups: lookupOrder.flatMap((lookup) => {
      const constant = used.lookups.get(lookup);
      if (constant === undefined) return [];
      const [withOptions] = invokeOptions();
      return [{ constant, code: call(`aws.${lookup}Output`, ...(withOptions ? [inlineObject([]), withOptions] : [])) }];
    }),
    stackReferences: [...used.stackReferences]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, constant]) => ({
        constant,
        code: call('new pulumi.StackReference', stackPath(projectName(stack.app, name), options)),
      })),
    parameters: [...used.parameters]
      .map(([{ parameterName = '', source }, constant]) => {
        const args = inlineObject([['name', string(parameterName)]]);
        const code = call('aws.ssm.getParameterOutput', args, ...invokeOptions());
        return { place: placeOf(source), constant, code };
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
