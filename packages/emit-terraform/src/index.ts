/** The public API of `@keywright/emit-terraform`; everything else in the package may change in any release. */
export { emitter } from './emit.ts';
export type { TerraformOptions } from './options.ts';
export { target } from './target.ts';
