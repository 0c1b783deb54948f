/** What `@keywright/emit-pulumi` promises to those who build on it; everything else of the package may change in any release. */
export { emitter } from './emit.ts';
export { type PulumiOptions, target } from './target.ts';
