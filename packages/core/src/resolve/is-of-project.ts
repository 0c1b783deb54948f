import type { Environment } from '../ir/program.ts';

/** `false` for the placeholder of an unknown environment; `true` for an environment of the project, and for that of a stack without one. */
export function isOfProject({ name, account }: Environment): boolean {
  return name === undefined || account !== undefined;
}
