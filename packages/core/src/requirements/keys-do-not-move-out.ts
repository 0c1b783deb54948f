/** No `moved` in a team's file takes a key out of a requirement. */

import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { eachOnce } from '../diagnostics/each-once.ts';
import { keyMovesOut } from '../diagnostics/requirements.ts';
import { addressIn, type MovedDefinition } from '../language/change.ts';
import { elements, type Located, property } from '../project/located.ts';
import type { Model, RequirementModel, StackModel } from '../resolve/model.ts';

/**
 * Reports keys that a file without authority over the project moves to a name that a requirement excepts or does not apply to. Only names
 * count, since it is not known whether the moved key meets the rest of `of`.
 */
export function keysDoNotMoveOut(
  { stacks, trustedFiles }: Model,
  requirement: RequirementModel,
): readonly Diagnostic[] {
  const { definition } = requirement;
  const diagnostics = stacks.flatMap((stack) =>
    movesOf(stack)
      .filter(({ entry }) => !trustedFiles.has(entry.span.file))
      .filter(({ from, to }) => holdsFor(from, stack, requirement) && !holdsFor([to], stack, requirement))
      .map(({ entry, from: [from = ''], to }) => {
        const { name, value, nameSpan } = definition;
        const parameters = { from, to, requirement: name, because: value.because };
        return report(keyMovesOut, entry.span, parameters, [
          { message: `the requirement \`${name}\``, span: nameSpan },
        ]);
      }),
  );
  // A stack in several environments is reported once.
  return eachOnce(diagnostics);
}

/** Whether an exception of a requirement covers a key that moves. */
export function isForMoved({ stacks }: Model, exception: string): boolean {
  return stacks.some((stack) => movesOf(stack).some(({ from }) => from.includes(exception)));
}

interface KeyMove {
  readonly entry: Located<MovedDefinition>;
  /** `stack.key`: once with the name of the stack in one environment, and once with the name of its definition. */
  readonly from: readonly string[];
  readonly to: string;
}

function movesOf(stack: StackModel): readonly KeyMove[] {
  const { name: definition } = stack.definition;
  return elements(property(stack.definition, 'moved')).flatMap((entry): readonly KeyMove[] => {
    const { from, to } = entry.value;
    if (addressIn(from) !== undefined) return [];
    const [first = '', second] = from.split('.');
    const key = second ?? first;
    const sources = second === undefined ? [definition] : definitionsOf(first, stack);
    // Keys that move together keep their names.
    const moved = key === '*' ? [...stack.keys.keys()].map((one) => [one, one] as const) : [[key, to ?? key] as const];
    return moved.map(([before, after]) => ({
      entry,
      from: sources.map((source) => `${source}.${before}`),
      to: `${definition}.${after}`,
    }));
  });
}

function definitionsOf(written: string, { environment: { name = '' } }: StackModel): readonly string[] {
  return written.endsWith(`-${name}`) ? [written, written.slice(0, -name.length - 1)] : [written];
}

function holdsFor(
  names: readonly string[],
  { environment }: StackModel,
  { mayHoldFor, exceptions }: RequirementModel,
): boolean {
  if (exceptions.some(({ definition }) => names.includes(definition.value.key))) return false;
  return names.some((name) => {
    const [stack = '', key = ''] = name.split('.');
    return mayHoldFor({ stack, key, ...(environment.name !== undefined && { environment: environment.name }) });
  });
}
