import type { Environment } from '../ir/program.ts';

/** Whether an environment is one of the project, or none at all, rather than the placeholder for a name that stands for none. */
export function isOfProject({ name, account }: Environment): boolean {
  return name === undefined || account !== undefined;
}
