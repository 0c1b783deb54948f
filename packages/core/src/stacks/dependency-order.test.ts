import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderByNeeds } from './dependency-order.ts';

interface Edge {
  readonly from: number;
  readonly to: number;
}

function order(count: number, edges: readonly Edge[]) {
  const circles: (readonly number[])[] = [];
  const nodes = Array.from({ length: count }, (_, index) => index);
  const ordered = orderByNeeds(
    nodes,
    (node) => edges.filter(({ from }) => from === node),
    (start, circle) => circles.push([start, ...circle.map(({ to }) => to)]),
  );
  return { ordered, circles };
}

const edges = fc.array(fc.record({ from: fc.nat(7), to: fc.nat(7) }), { maxLength: 12 });

function isCyclic(all: readonly Edge[]): boolean {
  const reached = (from: number, seen: ReadonlySet<number>): boolean =>
    all.some((edge) => edge.from === from && (seen.has(edge.to) || reached(edge.to, new Set([...seen, edge.to]))));
  return Array.from({ length: 8 }, (_, node) => node).some((node) => reached(node, new Set([node])));
}

describe('a dependency order', () => {
  test('contains every node once, after everything that it needs', () => {
    fc.assert(
      fc.property(edges, (needs) => {
        fc.pre(!isCyclic(needs));
        const { ordered, circles } = order(8, needs);
        expect(circles).toEqual([]);
        expect([...ordered].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        for (const { from, to } of needs) expect(ordered.indexOf(to)).toBeLessThan(ordered.indexOf(from));
      }),
    );
  });

  test('reports a cycle exactly if there is one, with the needs in it', () => {
    fc.assert(
      fc.property(edges, (needs) => {
        const { ordered, circles } = order(8, needs);
        expect(circles.length > 0).toBe(isCyclic(needs));
        expect([...ordered].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        for (const circle of circles) {
          expect(circle.at(-1)).toBe(circle[0]);
          for (const [index, to] of circle.slice(1).entries())
            expect(needs).toContainEqual({ from: circle[index], to });
        }
      }),
    );
  });

  test('keeps the order of nodes without needs', () => {
    expect(order(4, [{ from: 1, to: 3 }]).ordered).toEqual([0, 3, 1, 2]);
  });

  test('may consist of a chain of any length', () => {
    const length = 100_000;
    const ordered = orderByNeeds(
      Array.from({ length }, (_, index) => index),
      (node) => (node + 1 < length ? [{ to: node + 1 }] : []),
      () => expect.unreachable(),
    );
    expect(ordered[0]).toBe(length - 1);
  });
});
