/** The public API of `@keywright/read-lza`; everything else in the package may change in any release. */
export { configurationFiles } from './configuration-files.ts';
export { readLza } from './read-lza.ts';
