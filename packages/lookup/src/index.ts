/** What `@keywright/lookup` promises to those who build on it; everything else of the package may change in any release. */
export type { Clients } from './clients.ts';
export { type Change, type Resolution, type ResolveOptions, resolveLookups } from './resolve.ts';
