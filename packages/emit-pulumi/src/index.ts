/** What `@keywright/emit-pulumi` promises to those who build on it; everything else of the package may change in any release. */
export { emitter } from './emit.ts';
export type { PulumiOptions } from './options.ts';
export { target } from './target.ts';
