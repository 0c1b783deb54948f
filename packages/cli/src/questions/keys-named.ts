import { keysInQuestion, keysOf, nameOfKey, type PlacedKey } from '@keywright/analyze/who-can/keys-in-question';
import { insteadOf } from '@keywright/core/diagnostics/suggestion';
import type { Program } from '@keywright/core/ir/program';
import { stacksNamed } from '../project/stacks-named.ts';
import type { Problem } from './open-project.ts';

/** The keys of a program that a text names, within the given stacks, if any. */
export function keysNamed(
  program: Program,
  text: string,
  stacks: readonly string[] | undefined,
): readonly PlacedKey[] | Problem {
  const stacksToSearch = stacksNamed(program, stacks);
  if ('problem' in stacksToSearch) return stacksToSearch;
  const matches = keysInQuestion(program, text);
  const within = matches.filter(({ stack }) => stacksToSearch.includes(stack));
  if (within.length > 0) return within;
  const where = matches.length > 0 ? ` in ${stacks?.join(', ')}` : '';
  const all = keysOf(program);
  const isQualified = text.includes('.') || text.includes('@');
  const candidates = new Set(
    matches.length > 0 ? matches.map(nameOfKey) : all.map((key) => (isQualified ? nameOfKey(key) : key.resource.name)),
  );
  return { problem: `there is no key ${JSON.stringify(text)}${where}; ${insteadOf(text, candidates, 'key')}` };
}
