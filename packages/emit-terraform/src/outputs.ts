import { createStackOutputs } from '@keywright/core/emit/stack-outputs';
import { exportOutputName } from './names.ts';

/** The outputs of root modules: other stacks read them from its state. */
export const moduleOutputs = createStackOutputs(exportOutputName);
