/**
 * Compares what statements allow where the evaluator does not decide: who may assume a role, and access to keys outside the program by
 * identity policies. The comparison is cell by cell. A cell is a principal and an action, or a resource and an action.
 */

import type { RequestFacts } from '@keywright/analyze/context/context';
import { describeNamed } from '@keywright/analyze/describe';
import { operationOf } from '@keywright/analyze/facts/actions';
import { all, any, not, type Truth } from '@keywright/analyze/logic/truth';
import type { PolicyStatement } from '@keywright/analyze/picture';
import { operationsIn, operationsOf } from '@keywright/analyze/rules/read/operations';
import { shown } from '@keywright/analyze/value/value';
import { groupBy } from '@keywright/core/collections/group-by';
import { covers } from '@keywright/core/policy/trust';
import { type AccessDifference, extentOf } from './access.ts';
import { createAtoms } from './atoms.ts';
import { type Relation, relate } from './formula.ts';

/** `name` is a principal or a resource. */
interface Cell {
  readonly name: string;
  readonly action: string;
}

interface Grid {
  readonly cellsOf: (statement: PolicyStatement) => readonly Cell[];
  readonly includes: (statement: PolicyStatement, cell: Cell) => boolean;
}

export interface CellDifference extends Pick<AccessDifference, 'what' | 'actions' | 'before' | 'after'> {
  readonly names: readonly string[];
  readonly gone: readonly PolicyStatement[];
  readonly came: readonly PolicyStatement[];
}

/** The cells for comparing who may assume a role. A statement for everyone also applies to the principals that other statements name. */
export const trustGrid: Grid = {
  cellsOf: (statement) =>
    [...(statement.principals ?? []), ...(statement.notPrincipals ?? [])].flatMap((named) =>
      (statement.actions ?? statement.notActions ?? []).map((action) => ({ name: describeNamed(named), action })),
    ),
  includes: (statement, { name, action }) => {
    const isOneOf = (list: PolicyStatement['principals']) =>
      list?.some((named) => named.kind === 'anyone' || describeNamed(named) === name) === true;
    const isAbout =
      statement.principals === undefined ? !isOneOf(statement.notPrincipals) : isOneOf(statement.principals);
    return isAbout && hasAction(statement, action);
  },
};

/** The cells for comparing what an identity policy allows on resources that it describes by a pattern. */
export const resourceGrid: Grid = {
  cellsOf: (statement) =>
    resourcesOf(statement).flatMap((name) => [
      ...[...operationsIn(statement)].map((operation) => ({ name, action: `kms:${operation}` })),
      ...(statement.actions ?? statement.notActions ?? [])
        .filter((action) => operationsOf(action).length === 0)
        .map((action) => ({ name, action })),
    ]),
  includes: (statement, { name, action }) =>
    (statement.resources?.includes('*') === true || resourcesOf(statement).includes(name)) &&
    hasAction(statement, action),
};

function resourcesOf({ resources, notResources }: PolicyStatement): readonly string[] {
  if (resources !== undefined) return resources.map(shown);
  return [`everything but ${(notResources ?? []).map(shown).sort().join(', ')}`];
}

function hasAction({ actions, notActions }: PolicyStatement, action: string): boolean {
  const isOne = (pattern: string) => covers(pattern, action) || operationOf(pattern) === action;
  return actions === undefined ? !(notActions ?? []).some(isOne) : actions.some(isOne);
}

/** A request about which nothing is known. */
const anyRequest: Pick<RequestFacts, 'entry'> = { entry: () => 'unknown' };

export function compareStatements(
  before: readonly PolicyStatement[],
  after: readonly PolicyStatement[],
  grid: Grid,
): readonly CellDifference[] {
  const atoms = createAtoms();
  const conditions = new Map<PolicyStatement, Truth>(
    [...before, ...after].map((statement) => [
      statement,
      all(...statement.conditions.map((condition) => atoms.splitCondition(condition, statement.ref, anyRequest))),
    ]),
  );
  const holds = (statements: readonly PolicyStatement[], effect: 'Allow' | 'Deny') =>
    any(...statements.map((one) => one.effect === effect && (conditions.get(one) ?? true)));
  const cells = new Map(
    [...before, ...after].flatMap(grid.cellsOf).map((cell) => [JSON.stringify([cell.name, cell.action]), cell]),
  );
  const changes = [...cells.values()].flatMap((cell) => {
    const isAbout = (statement: PolicyStatement) => grid.includes(statement, cell);
    const [old, now] = [before.filter(isAbout), after.filter(isAbout)];
    const [wasDenied, isDenied] = [holds(old, 'Deny'), holds(now, 'Deny')];
    const [couldBefore, canNow] = [all(not(wasDenied), holds(old, 'Allow')), all(not(isDenied), holds(now, 'Allow'))];
    const allowed = relate(couldBefore, canNow, atoms.consequences);
    const denied = relate(wasDenied, isDenied, atoms.consequences);
    if (allowed === 'same' && denied === 'same') return [];
    const isThere = (others: readonly PolicyStatement[], one: PolicyStatement) =>
      others.some(
        (other) =>
          other.effect === one.effect &&
          relate(conditions.get(other) ?? true, conditions.get(one) ?? true, atoms.consequences) === 'same',
      );
    return [
      {
        ...cell,
        what: allowed === 'same' ? ('denial' as const) : words[allowed],
        before: extentOf(couldBefore),
        after: extentOf(canNow),
        gone: old.filter((one) => !isThere(now, one)),
        came: now.filter((one) => !isThere(old, one)),
      },
    ];
  });
  const positions = new Map([...before, ...after].map((statement, index) => [statement, index]));
  const identity = (statements: readonly PolicyStatement[]) => statements.map((one) => positions.get(one));
  const byName = groupBy(changes, ({ name, what, before, after, gone, came }) =>
    JSON.stringify([name, what, before, after, identity(gone), identity(came)]),
  );
  const ofNames = [...byName.values()].map((group) => ({
    ...group[0],
    actions: group.map(({ action }) => action).sort(),
  }));
  const byChange = groupBy(ofNames, ({ actions, what, before, after, gone, came }) =>
    JSON.stringify([actions, what, before, after, identity(gone), identity(came)]),
  );
  return [...byChange.values()].map((group) => {
    const [{ what, actions, before, after, gone, came }] = group;
    return { what, actions, before, after, gone, came, names: group.map(({ name }) => name).sort() };
  });
}

const words: Readonly<Record<Exclude<Relation, 'same'>, AccessDifference['what']>> = {
  wider: 'gains',
  narrower: 'loses',
  other: 'otherwise',
};
