import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { stackCycle } from '../diagnostics/resolve.ts';
import type { StackModel } from '../resolve/model.ts';
import type { Links, StackEdge } from './links.ts';

/**
 * The stacks in an order in which they can be deployed: each after all that it needs, otherwise by name. A cycle is
 * KW2009 with the line that makes each stack need the next; its stacks then come in any order.
 */
export function orderStacks(
  stacks: readonly StackModel[],
  links: Links,
  diagnostics: Diagnostic[],
): readonly StackModel[] {
  const ordered: StackModel[] = [];
  const done = new Set<StackModel>();
  const path: { readonly stack: StackModel; readonly edge?: StackEdge }[] = [];

  const visit = (stack: StackModel, edge: StackEdge | undefined) => {
    const start = path.findIndex((step) => step.stack === stack);
    if (start >= 0) {
      const steps = [...path.slice(start + 1), { stack, ...(edge && { edge }) }];
      const cycle = [stack.name, ...steps.map((step) => step.stack.name)];
      const related = steps.flatMap((step, index) =>
        step.edge === undefined
          ? []
          : [{ message: `${cycle[index]} needs ${step.stack.name}: ${step.edge.reason}`, span: step.edge.span }],
      );
      diagnostics.push(report(stackCycle, related[0]?.span ?? stack.definition.nameSpan, { cycle }, related));
      return;
    }
    if (done.has(stack)) return;
    path.push({ stack, ...(edge && { edge }) });
    for (const next of [...links.edgesOf(stack)].sort((one, other) => byName(one.to, other.to))) visit(next.to, next);
    path.pop();
    done.add(stack);
    ordered.push(stack);
  };
  for (const stack of [...stacks].sort(byName)) visit(stack, undefined);
  return ordered;
}

function byName(one: StackModel, other: StackModel): number {
  return one.name < other.name ? -1 : 1;
}
