/** The public API of `@keywright/emit-cfn`; everything else in the package may change in any release. */
export { emitter } from './emit.ts';
export type { CfnOptions } from './options.ts';
export { target } from './target.ts';
