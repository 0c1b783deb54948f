import { createStackOutputs } from '@keywright/core/emit/stack-outputs';
import { exportOutputName } from './names.ts';

/** The outputs of programs: other stacks read them by a stack reference. */
export const programOutputs = createStackOutputs(exportOutputName);
