import type { Parameters } from '@keywright/core/emit/parameters';
import { createParameters } from '@keywright/core/emit/parameters';
import type { StackProgram } from '@keywright/core/emit/stack-programs';
import type { Stack } from '@keywright/core/ir/program';

/** The input for printing a program: the values of all its deployments, and one deployment for everything that they share. */
export interface ProgramSource extends Parameters {
  readonly stack: Stack;
  readonly deployments: StackProgram['deployments'];
}

export function programSource(program: StackProgram): ProgramSource {
  const { deployments } = program;
  return { ...createParameters(program), stack: deployments[0], deployments };
}
