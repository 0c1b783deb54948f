import type { Oracle } from './oracle.ts';

/** Every oracle, in the order of docs/conformance.md; loaded when it is to run. */
export const oracles: readonly (() => Promise<Oracle>)[] = [];
