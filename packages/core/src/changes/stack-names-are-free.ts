import { stackNameTaken } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Stack } from '../ir/program.ts';
import { samePlace } from '../resolve/place.ts';
import { type Context, covers } from './comparison.ts';

/**
 * Reports a new stack under a name that another stack, or the former stack of a moved key, had in an earlier build (KW5172). A deployment
 * that has not been updated since would mistake one stack for the other. Terraform's state of that name contains the other stack's keys
 * until the state is deleted. A new stack in the same place as a lost stack may be the lost one under a new name, and is left to the report
 * about the lost stack.
 */
export function stackNamesAreFree(
  stacks: readonly Stack[],
  { previous, scope, lost }: Pick<Context, 'previous' | 'scope' | 'lost'>,
): readonly Diagnostic[] {
  const before = new Set(previous.stacks.map(({ name }) => name));
  const gone = new Set(previous.goneStacks);
  const formerNames = new Map(stacks.map((stack) => [stack, formerNamesOf(stack)]));
  return stacks.flatMap((stack) => {
    const { name, span } = stack;
    const isNew = !before.has(name) && formerNames.get(stack)?.has(name) === false;
    const mayBeLost = lost.some((one) => one.kind === 'stack' && samePlace(one.known.environment, stack.environment));
    if (!isNew || mayBeLost || !covers(scope, stack)) return [];
    const other = stacks.find((one) => one !== stack && formerNames.get(one)?.has(name));
    if (other === undefined) {
      return gone.has(name) ? inStack(stack, [report(stackNameTaken, span, { stack: name })]) : [];
    }
    const related = [{ message: `\`${other.name}\`, which had the name`, span: other.span }];
    return inStack(stack, [report(stackNameTaken, span, { stack: name, now: other.name }, related)]);
  });
}

/** The names of the stacks that a stack and its resources were in until it was last updated everywhere. */
function formerNamesOf({ formerStacks = [], resources }: Stack): ReadonlySet<string> {
  const all = [...formerStacks, ...resources.flatMap((resource) => resource.formerStacks ?? [])];
  return new Set(all.map(({ name }) => name));
}
