/** What `@keywright/migrate` promises to those who build on it; everything else of the package may change in any release. */

export type { AccessChange, Cause, Change, KeyLoss, PropertyChange, Subject } from './compare/changes.ts';
export { comparePrograms } from './compare/compare-programs.ts';
export { type Lifted, type LiftOptions, liftProgram } from './lift/lift-program.ts';
