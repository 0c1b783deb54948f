import { byName } from '../collections/by-name.ts';
import { report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { stackCycle } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { StackModel } from '../resolve/model.ts';
import { isOfSeveral } from '../resolve/stack-environments.ts';
import { orderByNeeds } from './dependency-order.ts';
import type { Links, StackEdge } from './links.ts';

/**
 * Orders stacks for deployment: each after everything it needs, otherwise by name. Reports a cycle, with the line that causes each need
 * (KW2009). The stacks of a cycle come in any order.
 */
export function orderStacks(stacks: readonly StackModel[], links: Links): Result<readonly StackModel[]> {
  const collector = createCollector();
  const needsOf = (stack: StackModel) => [...links.edgesOf(stack)].sort((one, other) => byName(one.to, other.to));
  const ordered = orderByNeeds([...stacks].sort(byName), needsOf, (start, circle: readonly StackEdge[]) => {
    const cycle = [start.name, ...circle.map((edge) => edge.to.name)];
    const related = circle.map((edge, index) => ({
      message: `${cycle[index]} needs ${edge.to.name}: ${edge.reason}`,
      span: edge.span,
    }));
    const problem = report(stackCycle, related[0]?.span ?? start.definition.nameSpan, { cycle }, related);
    const about = circle.map((edge) => edge.to).find(isOfSeveral) ?? start;
    collector.add(...inStack(about, [problem]));
  });
  return collector.result(ordered);
}
