/** The public API of `@keywright/analyze`; everything else in the package may change in any release. */
export { buildPicture } from './build-picture.ts';
export { checkProgram } from './check-program.ts';
export { decide } from './decide.ts';
export type { Decision, Outcome } from './decision.ts';
export { type AccessGraph, accessGraph } from './graph/access-graph.ts';
export type { Picture, PictureKey, PicturePrincipal, StatementRef } from './picture.ts';
export type { Principal } from './principal.ts';
export type { Request } from './request.ts';
export { type Answer, type Certainty, type Circumstances, type Holder, whoCan } from './who-can/who-can.ts';
