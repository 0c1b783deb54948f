/** What `@keywright/read-pulumi` promises to those who build on it; everything else of the package may change in any release. */
export { readPulumi } from './read-pulumi.ts';
