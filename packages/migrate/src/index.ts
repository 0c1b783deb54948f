/** The public API of `@keywright/migrate`. Everything else in the package may change in any release. */

export type { AccessChange, Cause, Change, KeyLoss, PropertyChange, Subject } from './compare/changes.ts';
export { comparePrograms } from './compare/compare-programs.ts';
export { type Lifted, type LiftOptions, liftProgram } from './lift/lift-program.ts';
