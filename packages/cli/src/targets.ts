import type { Target } from '@keywright/core/emit/emitter';
import { target as cfn } from '@keywright/emit-cfn/target';
import { target as pulumi } from '@keywright/emit-pulumi/target';
import { target as terraform } from '@keywright/emit-terraform/target';

/** All targets, in the order in which they are listed and built. */
export const targets: readonly Target<unknown>[] = [cfn, terraform, pulumi];
