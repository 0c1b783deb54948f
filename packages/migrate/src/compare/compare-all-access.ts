import type { Placed } from '@keywright/analyze/build/placed';
import { resolveStatements } from '@keywright/analyze/build/statements';
import { describeCondition } from '@keywright/analyze/describe';
import type { Picture, PictureGrant, PolicyStatement } from '@keywright/analyze/picture';
import { shown } from '@keywright/analyze/value/value';
import type { Role } from '@keywright/core/ir/program';
import { type AccessDifference, compareAccess, type KeySide, principalsToCompare, statementsAbout } from './access.ts';
import type { AccessChange, Cause, Change, Subject } from './changes.ts';
import { type CellDifference, compareStatements, resourceGrid, trustGrid } from './documents.ts';
import type { Opened } from './opened.ts';
import { comparePlainly } from './plainly-same.ts';
import { commonShape, shapeOf } from './shape.ts';
import { subjectOf, subjectOfKey } from './subjects.ts';

export function compareAllAccess(old: Opened, now: Opened): readonly Change[] {
  return [...compareKeyAccess(old, now), ...compareTrust(old, now), ...compareOtherResources(old, now)];
}

function compareKeyAccess(old: Opened, now: Opened): readonly Change[] {
  const referred = [old, now].flatMap(({ picture }) => picture.keys.filter(({ kind }) => kind === 'referred'));
  const ids = new Set([...old.keyIds.keys(), ...now.keyIds.keys(), ...referred.map(({ id }) => id)]);
  const byShape = new Map<string, ShapeDifferences>();
  const isPlainlySame = comparePlainly(old.picture, now.picture);
  return [...ids].flatMap((id) => {
    const before = sideOf(old, now, id);
    const after = sideOf(now, old, id);
    // Access to a key that is new, gone or in another place is not compared.
    if (before === undefined || after === undefined || isElsewhere(before, after)) return [];
    if (isPlainlySame(before.key, after.key) || shapeOf(before, 'set') === shapeOf(after, 'set')) return [];
    const { names, missing } = principalsToCompare(before, after);
    const shape = `${missing}\n${commonShape(before, after)}`;
    const same = byShape.get(shape);
    const differences = (same && renamed(same, names)) ?? compareAccess(before, after);
    if (same === undefined) byShape.set(shape, { differences, names });
    return differences.map((difference) => accessChange(difference, before, after, now, old));
  });
}

interface ShapeDifferences {
  readonly differences: readonly AccessDifference[];
  /** All principals that were asked about, in order. */
  readonly names: readonly string[];
}

/**
 * Replaces each name in the differences by the name at the same position in `others`. Returns `undefined` if two names are equal, since the
 * result would be ambiguous.
 */
function renamed(
  { differences, names }: ShapeDifferences,
  others: readonly string[],
): readonly AccessDifference[] | undefined {
  const positions = new Map(names.map((name, index) => [name, index]));
  if (positions.size !== names.length || names.length !== others.length) return undefined;
  return differences.map((difference) => ({
    ...difference,
    principals: difference.principals.map((name) => others[positions.get(name) ?? -1] ?? name).sort(),
  }));
}

/** Whether a key has moved to another account or region, and so is another key. */
function isElsewhere({ key: before }: KeySide, { key: after }: KeySide): boolean {
  return shown(before.account) !== shown(after.account) || shown(before.region) !== shown(after.region);
}

/** Returns a key with its picture. A key that programs only refer to exists even in a program that does not mention it. */
function sideOf({ picture, keyIds }: Opened, other: Opened, id: string): KeySide | undefined {
  const key = picture.keysById.get(keyIds.get(id) ?? id);
  if (key !== undefined) return { picture, key };
  const referred = other.picture.keysById.get(id);
  if (referred?.kind !== 'referred') return undefined;
  return { picture, key: { ...referred, grants: [], identity: new Map(), aliases: [] } };
}

function accessChange(
  { gone, came, ...difference }: AccessDifference,
  before: KeySide,
  after: KeySide,
  now: Opened,
  old: Opened,
): AccessChange {
  const [statements, others] = [statementsAbout(before), statementsAbout(after)];
  return {
    rank: 'access',
    ...difference,
    subjects: [subjectOfKey(after.key, now, old)],
    gone: gone.flatMap((index) => causeOf(statements[index])),
    came: came.flatMap((index) => causeOf(others[index])),
  };
}

function causeOf(statement: PolicyStatement | PictureGrant | undefined): readonly Cause[] {
  if (statement === undefined) return [];
  const { kind, effect, sid, source } = statement.ref;
  const conditions =
    'conditions' in statement
      ? statement.conditions.map(describeCondition)
      : (statement.encryptionContext?.pairs ?? []).map(
          ([name, value]) => `the encryption context has ${name}=${value}`,
        );
  return [{ kind, effect, ...(sid !== undefined && { sid }), conditions, sources: [source] }];
}

/** Compares who may assume the roles that both programs create. */
function compareTrust(old: Opened, now: Opened): readonly Change[] {
  return [...now.resources].flatMap(([id, placed]) => {
    const before = old.resources.get(id);
    if (!isRole(placed) || before === undefined || !isRole(before)) return [];
    const statements = (one: Placed<Role>, { values }: Opened) =>
      resolveStatements(one.resource.assumeRolePolicy, one.stack, values, {
        kind: 'identityPolicy',
        owner: one.resource.id,
      });
    return compareStatements(statements(before, old), statements(placed, now), trustGrid).map((difference) =>
      cellChange(difference, difference.names, 'trustPolicy', [subjectOf(placed)]),
    );
  });
}

function isRole(placed: Placed): placed is Placed<Role> {
  return placed.resource.kind === 'role';
}

/** Compares what identity policies allow on resources that a pattern describes, other than the programs' keys. */
function compareOtherResources(old: Opened, now: Opened): readonly Change[] {
  const statements = ({ identityPatterns, identityByAlias }: Picture, holder: string) => [
    ...(identityPatterns.get(holder) ?? []),
    ...(identityByAlias.get(holder) ?? []),
  ];
  const holders = new Set(
    [old.picture, now.picture].flatMap((picture) => [
      ...picture.identityPatterns.keys(),
      ...picture.identityByAlias.keys(),
    ]),
  );
  return [...holders].flatMap((holder) => {
    const [before, after] = [statements(old.picture, holder), statements(now.picture, holder)];
    const principal = now.picture.principalsById.get(holder) ?? old.picture.principalsById.get(holder);
    return compareStatements(before, after, resourceGrid).map((difference) =>
      cellChange(
        difference,
        [principal?.label ?? principal?.name ?? holder],
        'identityPolicy',
        difference.names.map((name): Subject => ({ kind: 'referredKey', name })),
      ),
    );
  });
}

function cellChange(
  { what, actions, before, after, gone, came }: CellDifference,
  principals: readonly string[],
  kind: Cause['kind'],
  subjects: readonly Subject[],
): AccessChange {
  const causes = (list: readonly PolicyStatement[]) => list.flatMap(causeOf).map((cause) => ({ ...cause, kind }));
  return { rank: 'access', what, principals, actions, before, after, subjects, gone: causes(gone), came: causes(came) };
}
