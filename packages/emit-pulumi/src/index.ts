/** The public API of `@keywright/emit-pulumi`; everything else in the package may change in any release. */
export { emitter } from './emit.ts';
export type { PulumiOptions } from './options.ts';
export { target } from './target.ts';
