import type { Environment } from '../ir/program.ts';

/** `false` only for the placeholder of an unknown environment. A stack that names no environment has one without a name: `true`. */
export function isOfProject({ name, account }: Environment): boolean {
  return name === undefined || account !== undefined;
}
