import type { Environment } from '../ir/program.ts';

/**
 * `false` only for the placeholder of an unknown environment. The nameless environment of a stack that names no environment counts as one
 * of the project.
 */
export function isOfProject({ name, account }: Environment): boolean {
  return name === undefined || account !== undefined;
}
