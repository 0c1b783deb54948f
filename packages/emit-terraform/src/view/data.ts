import { byName } from '@keywright/core/collections/by-name';
import { importComment } from '@keywright/core/emit/comment';
import type { Deployment } from '@keywright/core/emit/deployment-text';
import type { StackUses } from '@keywright/core/emit/references';
import type { RowValue } from '@keywright/core/emit/rows';
import type { Pseudo } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import { parameterName, remoteStateName } from '../names.ts';
import type { TerraformOptions } from '../options.ts';
import { quote } from '../print/text.ts';
import { remoteStateOf } from './backend.ts';
import { type ArgumentView, argumentViews } from './resource.ts';

export interface DataView {
  readonly current: readonly string[];
  readonly states: readonly {
    readonly name: string;
    readonly type: string;
    readonly settings: readonly ArgumentView[];
  }[];
  readonly parameters: readonly { readonly source: string; readonly name: string; readonly parameterName: string }[];
}

const sourceOfPseudo: Readonly<Record<Pseudo['name'], string>> = {
  account: 'aws_caller_identity',
  partition: 'aws_partition',
  dnsSuffix: 'aws_partition',
  region: 'aws_region',
};

export function dataView(
  consumer: Stack,
  { pseudos, stacks, parameters }: Omit<StackUses, 'resources'>,
  options: TerraformOptions,
  print: (value: RowValue) => string,
): DataView {
  return {
    current: [...new Set([...pseudos].map((name) => sourceOfPseudo[name]))].sort().map(quote),
    states: stacks.map((stack) => {
      const { type, settings } = remoteStateOf(producerOf(stack, consumer), options);
      return { name: quote(remoteStateName(stack)), type: quote(type), settings: argumentViews(settings, print) };
    }),
    parameters: parameters
      .map((entry) => ({
        source: importComment(entry),
        name: quote(parameterName(entry.stack, entry.export)),
        parameterName: quote(entry.parameterName ?? ''),
      }))
      .sort(byName),
  };
}

function producerOf(name: string, { app, imports }: Stack): Deployment {
  return { app, name, environment: imports.find(({ stack }) => stack === name)?.environment ?? {} };
}
