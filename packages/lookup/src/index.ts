/** The public API of `@keywright/lookup`; everything else in the package may change in any release. */
export type { Clients } from './clients.ts';
export { type Change, type Resolution, type ResolveOptions, resolveLookups } from './resolve.ts';
