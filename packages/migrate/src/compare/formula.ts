/**
 * Decides whether two conditions are equivalent. Each condition is a formula of atoms, the smallest tests that a request passes or fails.
 * The answer "equivalent" is certain, but the answer "different" may be wrong.
 */
import type { Open } from '@keywright/analyze/decision';
import type { Truth } from '@keywright/analyze/logic/truth';

/** Returns which other atoms are true or false if an atom is true. */
export type Consequences = (atom: string, all: readonly string[]) => ReadonlyMap<string, boolean>;

/**
 * The number of steps after which a comparison gives up and calls two formulas different. Real formulas take fewer than a hundred steps.
 */
const mostSteps = 20_000;

export type Relation = 'same' | 'wider' | 'narrower' | 'other';

/** Says how `after` relates to `before`: `wider` if `after` is true whenever `before` is, and also in other cases. */
export function relate(before: Truth, after: Truth, consequences: Consequences): Relation {
  if (before === after) return 'same';
  const stays = implies(before, after, consequences);
  const came = implies(after, before, consequences);
  if (stays) return came ? 'same' : 'wider';
  return came ? 'narrower' : 'other';
}

/** Whether `other` is true whenever `one` is; `false` if that takes too long to decide. */
function implies(one: Truth, other: Truth, consequences: Consequences): boolean {
  const atoms = [...new Set([...atomsOf(one), ...atomsOf(other)])];
  let steps = 0;
  /** Whether `left` can be true and `right` false under the given assumptions; `true` if that takes too long to decide. */
  const canDiffer = (left: Truth, right: Truth, assumed: ReadonlyMap<string, boolean>): boolean => {
    steps += 1;
    if (steps > mostSteps) return true;
    if (left === false || right === true) return false;
    const atom = firstAtom(left) ?? firstAtom(right);
    if (atom === undefined) return true;
    return [true, false].some((value) => {
      const next = assume(atom, value, assumed, atoms, consequences);
      return next !== undefined && canDiffer(under(left, next), under(right, next), next);
    });
  };
  return !canDiffer(one, other, new Map());
}

/** Returns the values of atoms that follow once an atom has a value; `undefined` if they contradict the assumptions. */
function assume(
  atom: string,
  value: boolean,
  assumed: ReadonlyMap<string, boolean>,
  atoms: readonly string[],
  consequences: Consequences,
): ReadonlyMap<string, boolean> | undefined {
  const values = new Map(assumed).set(atom, value);
  const follows = value ? consequences(atom, atoms) : contraposed(atom, atoms, consequences);
  for (const [other, truth] of follows) {
    const before = values.get(other);
    if (before !== undefined && before !== truth) return undefined;
    values.set(other, truth);
  }
  return values;
}

/** Returns the atoms that must be false if `atom` is false, because they imply `atom`. */
function contraposed(atom: string, atoms: readonly string[], consequences: Consequences): ReadonlyMap<string, boolean> {
  return new Map(
    atoms.filter((other) => other !== atom && consequences(other, atoms).get(atom) === true).map((one) => [one, false]),
  );
}

/** Simplifies a formula, given the values of some of its atoms. */
export function under(truth: Truth, values: ReadonlyMap<string, boolean>): Truth {
  if (typeof truth === 'boolean') return truth;
  switch (truth.kind) {
    case 'test':
      return values.get(truth.test.id) ?? truth;
    case 'not': {
      const inner = under(truth.of, values);
      return typeof inner === 'boolean' ? !inner : { kind: 'not', of: inner };
    }
    case 'all':
    case 'any': {
      const neutral = truth.kind === 'all';
      const openParts: Open[] = [];
      for (const part of truth.of) {
        const inner = under(part, values);
        if (inner === neutral) continue;
        if (typeof inner === 'boolean') return inner;
        openParts.push(inner);
      }
      const [only] = openParts;
      if (only === undefined) return neutral;
      return openParts.length === 1 ? only : { kind: truth.kind, of: openParts };
    }
  }
}

function firstAtom(truth: Truth): string | undefined {
  if (typeof truth === 'boolean') return undefined;
  switch (truth.kind) {
    case 'test':
      return truth.test.id;
    case 'not':
      return firstAtom(truth.of);
    case 'all':
    case 'any':
      return truth.of[0] && firstAtom(truth.of[0]);
  }
}

function atomsOf(truth: Truth): readonly string[] {
  if (typeof truth === 'boolean') return [];
  switch (truth.kind) {
    case 'test':
      return [truth.test.id];
    case 'not':
      return atomsOf(truth.of);
    case 'all':
    case 'any':
      return truth.of.flatMap(atomsOf);
  }
}

/** Returns the same text for formulas that differ only in the order of their parts. */
export function textOf(truth: Truth): string {
  if (typeof truth === 'boolean') return String(truth);
  switch (truth.kind) {
    case 'test':
      return truth.test.id;
    case 'not':
      return `not ${textOf(truth.of)}`;
    case 'all':
    case 'any':
      return `${truth.kind}(${[...new Set(truth.of.map(textOf))].sort().join('; ')})`;
  }
}
