import { importComment } from '@keywright/core/emit/comment';
import type { StackUses } from '@keywright/core/emit/references';
import type { RowValue } from '@keywright/core/emit/rows';
import type { Stack, StackImport } from '@keywright/core/ir/program';
import { stackNameText } from '@keywright/core/ir/stack-name';
import { sharedParameterName } from '@keywright/core/stacks/shared-parameter';
import { projectOf, pulumiStackOf } from '../names.ts';
import type { PulumiOptions } from '../options.ts';
import { atom, type Code, call, inlineObject, string, template } from '../print/code.ts';
import type { Constants, Declaration } from '../print/constants.ts';
import type { Lookup } from '../print/printer.ts';
import type { ProgramSource } from './program-source.ts';
import type { Providers } from './providers.ts';

interface ProgramCode {
  readonly constants: Constants;
  readonly providers: Providers;
  readonly print: (value: RowValue) => Code;
}

export interface Data {
  readonly lookups: readonly Declaration[];
  readonly stackReferences: readonly Declaration[];
  readonly parameters: readonly (Declaration & { readonly source: string })[];
}

const lookupOrder: readonly Lookup[] = ['getCallerIdentity', 'getRegion', 'getPartition'];

/** Returns the values that a program looks up. Call this after the program's resources and outputs are printed. */
export function dataOf(
  { stacks, parameters }: StackUses,
  source: ProgramSource,
  { constants, providers, print }: ProgramCode,
  options: PulumiOptions,
): Data {
  const { stack } = source;
  const ssmNames = parameters.map((entry) => ({
    entry,
    name: print(
      source.value([entry.definition ?? entry.stack, entry.export], (one) =>
        parameterNameOf(producer(one, entry, stack), one.app),
      ),
    ),
  }));
  const used = lookupOrder.filter(constants.usesLookup);
  // The option `provider` makes a function of the AWS provider run in the stack's region and account.
  const provider = used.length + parameters.length > 0 ? providers.of(undefined) : undefined;
  const invokeOptions: readonly Code[] = provider === undefined ? [] : [inlineObject([['provider', atom(provider)]])];
  const lookupArguments = provider === undefined ? [] : [inlineObject([]), ...invokeOptions];
  return {
    lookups: used.map((lookup) => ({
      constant: constants.ofLookup(lookup),
      code: call(`aws.${lookup}Output`, ...lookupArguments),
    })),
    stackReferences: stacks.map((name) => ({
      constant: constants.ofStack(name),
      code: stackReference(name, source, options, print),
    })),
    parameters: ssmNames
      .map(({ entry, name }) => {
        const args = inlineObject([['name', name]]);
        const code = call('aws.ssm.getParameterOutput', args, ...invokeOptions);
        return { source: importComment(entry), constant: constants.ofParameter(entry), code };
      })
      .sort((one, other) => (one.constant < other.constant ? -1 : 1)),
  };
}

/** Core gives a name to the parameter of every value that a target does not share itself. */
function parameterNameOf(used: StackImport, app: string): RowValue {
  return sharedParameterName(app, stackNameText({ ...used, name: used.stack }), used.export);
}

/** The import of deployment `one` that corresponds to `entry`, an import of the program's first deployment. */
function producer(one: Stack, entry: StackImport, first: Stack): StackImport {
  return one.imports[first.imports.indexOf(entry)] ?? entry;
}

/** A reference to `organization/project/stack`, which is the name of a stack in Pulumi's backend. */
function stackReference(
  name: string,
  { stack, deployments, value }: ProgramSource,
  { organization, stackName }: PulumiOptions,
  print: (value: RowValue) => Code,
): Code {
  const entry = stack.imports.find((one) => one.stack === name);
  if (entry === undefined) throw new Error(`stack ${stack.name} has no import from ${name}`);
  const nameOf = (one: Stack) => pulumiStackName(producer(one, entry, stack), stackName, one);
  const isOwn = deployments.every((one) => nameOf(one) === (pulumiStackOf(one) ?? ownName));
  const project = projectOf({ ...entry, name: entry.stack, app: stack.app });
  const called = isOwn ? atom('pulumi.getStack()') : print(value([entry.definition ?? name, 'stack'], nameOf));
  const parts = called.kind === 'template' ? called.parts : [called];
  const path = template([
    organization === undefined ? atom('pulumi.getOrganization()') : string(organization),
    string(`/${project}/`),
    ...parts.filter((part) => part.kind === 'string' || part.kind === 'atom'),
  ]);
  const holds = path.kind === 'template' && path.tag !== '';
  // The path is an output if the environment's name contains the account. A resource's name cannot be an output, so it is the name of the
  // definition.
  return holds
    ? call('new pulumi.StackReference', string(entry.definition ?? name), inlineObject([['name', path]]))
    : call('new pulumi.StackReference', path);
}

/** Means the name of the stack that runs the program. */
const ownName = '';

/** Returns the name of the producer's Pulumi stack; `ownName` if that equals the name of the stack that runs the program. */
function pulumiStackName(
  { definition, environment }: StackImport,
  stackName: string | undefined,
  consumer: Stack,
): string {
  const pulumiStack = pulumiStackOf({ environment, ...(definition !== undefined && { definition }) }) ?? stackName;
  if (pulumiStack !== undefined) return pulumiStack;
  // The Pulumi stacks of a definition are named after their environments. The same is assumed for other stacks.
  return (consumer.definition === undefined ? undefined : environment.name) ?? pulumiStackOf(consumer) ?? ownName;
}
