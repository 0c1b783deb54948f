/** What `@keywright/emit-cfn` promises to those who build on it; everything else of the package may change in any release. */
export { emitter } from './emit.ts';
export { type CfnOptions, target } from './target.ts';
