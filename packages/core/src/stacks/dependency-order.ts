/** A need of a node: `to` has to come first. */
export interface Need<Node> {
  readonly to: Node;
}

/**
 * Orders nodes so that each comes after everything it needs, and otherwise keeps their order. Calls `onCircle` for each circle, with the
 * needs that form the circle: the first is a need of `start`, and the last leads back to `start`. The nodes of a circle come in any order.
 * The function is not recursive, since a chain may be as long as the list of nodes.
 */
export function orderByNeeds<Node, Edge extends Need<Node>>(
  nodes: Iterable<Node>,
  needsOf: (node: Node) => readonly Edge[],
  onCircle: (start: Node, circle: readonly Edge[]) => void,
): readonly Node[] {
  const ordered: Node[] = [];
  const state = new Map<Node, 'open' | 'done'>();
  const path: { readonly node: Node; readonly needs: readonly Edge[]; next: number }[] = [];
  const open = (node: Node) => {
    state.set(node, 'open');
    path.push({ node, needs: needsOf(node), next: 0 });
  };
  for (const node of nodes) {
    if (!state.has(node)) open(node);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const need = step.needs[step.next];
      step.next += 1;
      if (need === undefined) {
        path.pop();
        state.set(step.node, 'done');
        ordered.push(step.node);
      } else if (!state.has(need.to)) {
        open(need.to);
      } else if (state.get(need.to) === 'open') {
        const start = path.findIndex((other) => other.node === need.to);
        onCircle(
          need.to,
          path.slice(start).flatMap((other) => other.needs[other.next - 1] ?? []),
        );
      }
    }
  }
  return ordered;
}
