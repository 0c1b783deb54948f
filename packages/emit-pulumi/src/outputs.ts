import { createStackOutputs } from '@keywright/core/emit/stack-outputs';
import { exportOutputName } from './names.ts';

/** The outputs of programs, which other stacks read through stack references. */
export const programOutputs = createStackOutputs(exportOutputName);
