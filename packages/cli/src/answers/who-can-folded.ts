/** Merges answers that are equal in many environments of a definition. */
import type { Stack } from '@keywright/core/ir/program';
import { environmentsByName, type ReplaceNames, replaceNamesOf } from '../report/environments.ts';
import type { KeyAnswer } from './who-can-answer.ts';

/** A block of the report: one answer, or several answers that read the same. */
export interface FoldedAnswer {
  readonly name: string;
  /** The environments of the answers, if several: `in 34 of 36 environments (not in audit, network)`. */
  readonly environments?: string;
  /** The first of the equal answers. */
  readonly answer: KeyAnswer;
  /** Replaces an environment's values in a text with placeholders. Changes nothing if the block has a single answer. */
  readonly neutral: ReplaceNames;
}

const asItIs: ReplaceNames = (text) => text;

/**
 * Merges answers about the same key of a definition if they print the same text once `${environment}`, `${account}` and `${region}` replace
 * the values of each environment. No information is lost: filling in these placeholders gives each original answer. A replica always has an
 * answer of its own, since a replica and its stack are in different regions.
 */
export function foldAnswers(
  answers: readonly KeyAnswer[],
  stacks: readonly Stack[],
  print: (answer: KeyAnswer, neutral: ReplaceNames) => string,
): readonly FoldedAnswer[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const groups = new Map<string, { readonly answer: KeyAnswer; readonly stacks: (Stack | undefined)[] }>();
  for (const answer of answers) {
    const stack = answer.stack === undefined ? undefined : byName.get(answer.stack);
    const equal =
      stack?.definition === undefined
        ? answer.name
        : JSON.stringify([stack.definition, answer.key, print(answer, replaceNamesOf(stack))]);
    const group = groups.get(equal);
    if (group === undefined) groups.set(equal, { answer, stacks: [stack] });
    else group.stacks.push(stack);
  }
  return [...groups.values()].map(({ answer, stacks: alike }): FoldedAnswer => {
    const [first] = alike;
    if (first?.definition === undefined || alike.length === 1) return { name: answer.name, answer, neutral: asItIs };
    const namesOf = (some: readonly (Stack | undefined)[]) => some.flatMap((stack) => stack?.environment.name ?? []);
    const all = stacks.filter(({ definition }) => definition === first.definition);
    return {
      name: `${first.definition}.${answer.key}`,
      environments: environmentsByName(namesOf(alike), namesOf(all)),
      answer,
      neutral: replaceNamesOf(first),
    };
  });
}
