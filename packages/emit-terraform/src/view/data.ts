import type { Pseudo } from '@keywright/core/ir/expression';
import { parameterName, remoteStateName } from '../names.ts';
import { quote } from '../print/text.ts';
import type { TerraformOptions } from '../target.ts';
import { type BackendView, remoteStateOf } from './backend.ts';
import { placeOf } from './place.ts';
import type { UsedData } from './references.ts';

/** The data sources at the top of main.tf. */
export interface DataView {
  /** Types of the data sources called `current`. */
  readonly current: readonly string[];
  readonly states: readonly ({ readonly name: string } & BackendView)[];
  readonly parameters: readonly { readonly place: string; readonly name: string; readonly parameterName: string }[];
}

const sourceOfPseudo: Readonly<Record<Pseudo['name'], string>> = {
  account: 'aws_caller_identity',
  partition: 'aws_partition',
  dnsSuffix: 'aws_partition',
  region: 'aws_region',
};

/** The data sources that were used, in an order of their own: `used` has that of the first use. */
export function dataView(used: UsedData, options: TerraformOptions): DataView {
  const current = new Set([...used.pseudos].map((name) => sourceOfPseudo[name]));
  return {
    current: [...current].sort().map(quote),
    states: [...used.states].sort().map((stack) => ({
      name: quote(remoteStateName(stack)),
      ...remoteStateOf(stack, options),
    })),
    parameters: [...used.parameters]
      .map((entry) => ({
        place: placeOf(entry.source),
        name: quote(parameterName(entry.stack, entry.export)),
        parameterName: quote(entry.parameterName ?? ''),
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}
