/**
 * Three-valued logic whose third value says what it depends on: a truth is true, false, or a formula of the tests that are
 * still open. Evaluation combines truths; what remains at the end is exactly the condition under which a request is allowed.
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

/** `neutral` is the truth that changes nothing, true in a conjunction; its opposite decides the result. */
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
  const parts = all.filter((part) => !isAbsorbed(part, kind, open));
  const [only] = parts;
  if (only === undefined) return neutral; // cannot happen: the part that absorbs others is left
  return parts.length === 1 ? only : { kind, of: parts };
}

/** `a or (a and b)` is `a`, and so is `a and (a or b)`. */
function isAbsorbed(part: Open, within: 'all' | 'any', others: ReadonlyMap<string, Open>): boolean {
  if (part.kind !== 'all' && part.kind !== 'any') return false;
  return part.kind !== within && part.of.some((inner) => others.has(identityOf(inner)));
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
