import {
  isStack,
  keysInQuestion,
  keysOf,
  nameOfKey,
  type PlacedKey,
} from '@keywright/analyze/who-can/keys-in-question';
import { insteadOf } from '@keywright/core/diagnostics/suggestion';
import type { Program } from '@keywright/core/ir/program';
import type { Problem } from './open-project.ts';

/** The problem with the first name of a stack that exists in no environment. */
export function unknownStack(program: Program, names: readonly string[] | undefined): Problem | undefined {
  const unknown = names?.find((name) => !program.stacks.some((stack) => isStack(stack, name)));
  if (unknown === undefined) return undefined;
  const stackNames = program.stacks.map(({ name }) => name);
  return { problem: `there is no stack ${JSON.stringify(unknown)}; ${insteadOf(unknown, stackNames, 'stack')}` };
}

/** The keys of a program that a text names. If there are `stacks`, only keys in these. */
export function keysNamed(
  program: Program,
  text: string,
  stacks: readonly string[] | undefined,
): readonly PlacedKey[] | Problem {
  const unknown = unknownStack(program, stacks);
  if (unknown !== undefined) return unknown;
  const matches = keysInQuestion(program, text);
  const within = matches.filter(({ stack }) => stacks === undefined || stacks.some((name) => isStack(stack, name)));
  if (within.length > 0) return within;
  const where = matches.length > 0 ? ` in ${stacks?.join(', ')}` : '';
  const all = keysOf(program);
  const isQualified = text.includes('.') || text.includes('@');
  const candidates = new Set(
    matches.length > 0 ? matches.map(nameOfKey) : all.map((key) => (isQualified ? nameOfKey(key) : key.resource.name)),
  );
  return { problem: `there is no key ${JSON.stringify(text)}${where}; ${insteadOf(text, candidates, 'key')}` };
}
