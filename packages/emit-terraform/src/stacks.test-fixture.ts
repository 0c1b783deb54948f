import { stacksFor } from '@keywright/core/emit/stacks.test-fixture';

export const { anywhereStack, emptyStack, securityStack, stackOf } = stacksFor('terraform');
