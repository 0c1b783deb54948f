import { stacksFor } from '@keywright/core/testing/target-stacks';

export const { anywhereStack, emptyStack, securityStack, stackOf } = stacksFor('pulumi');
