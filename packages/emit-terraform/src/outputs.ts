import { describeOutput } from '@keywright/core/emit/output-description';
import { createStackOutputs, type StackOutput } from '@keywright/core/emit/stack-outputs';
import type { Stack } from '@keywright/core/ir/program';
import { exportOutputName } from './names.ts';

/** The outputs of root modules, which other stacks read from the state. */
export const moduleOutputs = createStackOutputs(exportOutputName);

/** Returns the description of an output. It is the same in a module and in the root modules that pass the output on. */
export function descriptionOf({ exportId, ...output }: StackOutput, stack: Stack): string {
  return describeOutput({ ...output, name: exportId ?? output.name }, stack);
}
