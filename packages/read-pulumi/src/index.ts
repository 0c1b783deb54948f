/** The public API of `@keywright/read-pulumi`; everything else in the package may change in any release. */
export { readPulumi } from './read-pulumi.ts';
