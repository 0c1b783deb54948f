/**
 * Three-valued logic whose third value is a formula: a truth is true, false, or a formula of the tests that are still
 * open. Evaluation combines truths; what remains at the end is exactly the condition under which a request is allowed.
 */
import type { Open, OpenTest } from '../decision.ts';

export type Truth = boolean | Open;

export function test(open: OpenTest): Open {
  return { kind: 'test', test: open };
}

/** True if all are true; decided as soon as one is false. */
export function all(...truths: readonly Truth[]): Truth {
  return join(truths, 'all', true);
}

/** True if any is true. */
export function any(...truths: readonly Truth[]): Truth {
  return join(truths, 'any', false);
}

export function not(truth: Truth): Truth {
  if (typeof truth === 'boolean') return !truth;
  return truth.kind === 'not' ? truth.of : { kind: 'not', of: truth };
}

/** `then` if the condition is true, `otherwise` if not. A condition that makes no difference is left out. */
export function choose(condition: Truth, then: Truth, otherwise: Truth): Truth {
  const [yes, no] = [all(condition, then), all(not(condition), otherwise)];
  const [one, other] = [without(condition, yes), without(not(condition), no)];
  return one === other ||
    (typeof one !== 'boolean' && typeof other !== 'boolean' && identityOf(one) === identityOf(other))
    ? one
    : any(yes, no);
}

/** Removes `premise`, which is known to be true, from a conjunction. */
function without(premise: Truth, truth: Truth): Truth {
  if (typeof premise === 'boolean' || typeof truth === 'boolean') return truth;
  const id = identityOf(premise);
  if (identityOf(truth) === id) return true;
  return truth.kind === 'all' ? all(...truth.of.filter((part) => identityOf(part) !== id)) : truth;
}

/** Joins truths. `neutral` is the truth that changes nothing (`true` in a conjunction); its opposite decides the result. */
function join(truths: readonly Truth[], kind: 'all' | 'any', neutral: boolean): Truth {
  const undecided: Open[] = [];
  for (const truth of truths) {
    if (truth === neutral) continue;
    if (typeof truth === 'boolean') return truth;
    undecided.push(truth);
  }
  const [single] = undecided;
  if (single === undefined) return neutral;
  if (undecided.length === 1) return single;
  const open = new Map<string, Open>();
  for (const truth of undecided) {
    for (const part of truth.kind === kind ? truth.of : [truth]) open.set(identityOf(part), part);
  }
  // A test and its opposite: their conjunction is false, their disjunction true.
  const all = [...open.values()];
  if (all.some((part) => part.kind === 'not' && open.has(identityOf(part.of)))) return !neutral;
  const reduced = all.map((part) => withoutOpposites(part, kind, open));
  if (reduced.some((part, index) => part !== all[index])) return join(reduced, kind, neutral);
  const parts = all.filter((part) => !isAbsorbed(part, kind, open));
  const [only] = parts;
  if (only === undefined) return neutral; // cannot happen: a part that absorbs others stays
  return parts.length === 1 ? only : { kind, of: parts };
}

/** Whether another part makes a part redundant: `a or (a and b)` is `a`, and so is `a and (a or b)`. */
function isAbsorbed(part: Open, within: 'all' | 'any', others: ReadonlyMap<string, Open>): boolean {
  if (part.kind !== 'all' && part.kind !== 'any') return false;
  return part.kind !== within && part.of.some((inner) => others.has(identityOf(inner)));
}

/** Drops from a part the opposites of other parts: `a and (not a or b)` is `a and b`, and `a or (not a and b)` is `a or b`. */
function withoutOpposites(part: Open, within: 'all' | 'any', others: ReadonlyMap<string, Open>): Truth {
  if ((part.kind !== 'all' && part.kind !== 'any') || part.kind === within) return part;
  const remaining = part.of.filter(
    (inner) => !others.has(identityOf(inner.kind === 'not' ? inner.of : { kind: 'not', of: inner })),
  );
  if (remaining.length === part.of.length) return part;
  const [only] = remaining;
  if (only === undefined) return part.kind === 'all';
  return remaining.length === 1 ? only : { kind: part.kind, of: remaining };
}

function identityOf(open: Open): string {
  switch (open.kind) {
    case 'test':
      return open.test.id;
    case 'not':
      return `!${identityOf(open.of)}`;
    case 'all':
    case 'any':
      return `${open.kind}(${open.of.map(identityOf).join(',')})`;
  }
}

/** The tests of a formula, each once, in the order they appear. */
export function testsOf(open: Open): readonly OpenTest[] {
  const tests = new Map<string, OpenTest>();
  const visit = (part: Open): void => {
    switch (part.kind) {
      case 'test':
        tests.set(part.test.id, part.test);
        return;
      case 'not':
        visit(part.of);
        return;
      case 'all':
      case 'any':
        for (const inner of part.of) visit(inner);
    }
  };
  visit(open);
  return [...tests.values()];
}
