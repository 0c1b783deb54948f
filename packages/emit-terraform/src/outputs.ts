import { createStackOutputs } from '@keywright/core/emit/stack-outputs';
import { exportOutputName } from './names.ts';

/** The outputs of root modules, which other stacks read from the state. */
export const moduleOutputs = createStackOutputs(exportOutputName);
