import { stackProgramsOf } from '@keywright/core/emit/stack-programs';
import type { Program } from '@keywright/core/ir/program';

/** Tests and oracles reduce programs with more stacks than this. */
export const manyStacks = 50;

/**
 * Reduces a program with many stacks to a few deployments of each stack program, and to the stacks that these deployments need. Deployments
 * of one stack program are equivalent, as programs-agree.test.ts shows. A program with few stacks stays whole.
 */
export function someDeployments(program: Program, ofEach: number): Program {
  if (program.stacks.length <= manyStacks) return program;
  const byName = new Map(program.stacks.map((stack) => [stack.name, stack]));
  const kept = new Set<string>();
  const wanted = stackProgramsOf(program.stacks).flatMap(({ deployments }) =>
    deployments.slice(0, ofEach).map(({ name }) => name),
  );
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const stack = byName.get(name);
    if (stack === undefined || kept.has(name)) continue;
    kept.add(name);
    wanted.push(...stack.dependsOn, ...stack.imports.map((used) => used.stack));
  }
  return { ...program, stacks: program.stacks.filter(({ name }) => kept.has(name)) };
}
