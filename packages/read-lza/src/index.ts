/** What `@keywright/read-lza` promises to those who build on it; everything else of the package may change in any release. */
export { configurationFiles } from './configuration-files.ts';
export { readLza } from './read-lza.ts';
