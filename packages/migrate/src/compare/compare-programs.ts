/**
 * Compares two programs by meaning. In: a program, and its next version. Out: the differences, the most serious first,
 * each once with everything it affects; nothing if keys, access and properties are the same. How statements are
 * written, ordered, merged, split or named makes no difference.
 */

import { type Placed, resolveValues, type Values } from '@keywright/analyze/build/resolve-values';
import { resolveStatements } from '@keywright/analyze/build/statements';
import { buildPicture } from '@keywright/analyze/build-picture';
import { describeCondition } from '@keywright/analyze/describe';
import type { Picture, PictureGrant, PictureKey, PolicyStatement } from '@keywright/analyze/picture';
import { shown } from '@keywright/analyze/value/value';
import type { Changes } from '@keywright/core/changes/declared';
import type { Environment, Key, Program, ReplicaKey, Resource, Role, Stack } from '@keywright/core/ir/program';
import { idInProgram, placedAs, placedIn } from '../placed-resources.ts';
import { type AccessDifference, compareAccess, type KeySide, principalsToCompare, statementsAbout } from './access.ts';
import type { AccessChange, Cause, Change, KeyLoss, PropertyChange, PropertyDifference, Subject } from './changes.ts';
import { type DeclaredRemovals, declaredRemovals } from './declared-removals.ts';
import { type CellDifference, compareStatements, resourceGrid, trustGrid } from './documents.ts';
import { mergeEqualChanges } from './merge-equal-changes.ts';
import { comparePlainly } from './plainly-same.ts';
import { compareProperties, fixedProperties, propertiesOf, propertiesOfStack } from './properties.ts';
import { type Renames, renamesOf, unchangedIds } from './renames.ts';
import { commonShape, shapeOf } from './shape.ts';

export function comparePrograms(
  before: Program,
  after: Program,
  { changes: declared }: CompareOptions = {},
): readonly Change[] {
  const old = open(placedAs(before, environmentsOf(after)), renamesOf(before, after, declared));
  const now = open(placedAs(after, environmentsOf(before)), unchangedIds);
  const isDeclared = declaredRemovals(before, declared);
  const differing = differingResources(old, now);
  const changes = [
    ...compareKeys(old, now, differing, isDeclared),
    ...redirectedAliases(now, differing),
    ...compareAllAccess(old, now),
    ...compareRest(old, now, differing),
  ];
  return mergeEqualChanges(changes).sort((one, other) => rank(one) - rank(other));
}

export interface CompareOptions {
  /** What the YAML of the second program says about keys that moved, which count as the same keys, and about removed ones. */
  readonly changes?: Changes;
}

/** The environments of a program's stacks. */
function environmentsOf({ stacks }: Program): ReadonlyMap<string, Environment> {
  return new Map(stacks.map(({ name, environment }) => [name, environment]));
}

/** A program prepared for a comparison. */
interface Opened {
  readonly program: Program;
  readonly values: Values;
  readonly picture: Picture;
  readonly renames: Renames;
  /** The picture's id of a key, by its id in the second program. */
  readonly keyIds: ReadonlyMap<string, string>;
  /** Resources by what identifies them across programs. */
  readonly resources: ReadonlyMap<string, Placed>;
  readonly stacks: ReadonlyMap<string, Stack>;
}

function open(program: Program, renames: Renames): Opened {
  const values = resolveValues(program);
  const placed = placedIn(program.stacks);
  return {
    program,
    values,
    picture: buildPicture(program, values),
    renames,
    keyIds: new Map(placed.filter(isKey).map((key) => [renames(key.stack.name, key.resource), idInProgram(key)])),
    resources: new Map(placed.map((one) => [identityOf(one, values, renames), one])),
    stacks: new Map(program.stacks.map((stack) => [stack.name, stack])),
  };
}

/** An alias is identified by its name, account and region, whichever key it points to; any other resource by its id in its stack. */
function identityOf({ stack, resource }: Placed, values: Values, renames: Renames): string {
  if (resource.kind !== 'alias') return renames(stack.name, resource);
  const { account, region } = values.placeOf(stack);
  return `${shown(account)} ${resource.region ?? shown(region)} ${resource.aliasName}`;
}

/** The properties that differ in resources of both programs, by the identity of the resource. Resources without differences have no entry. */
type Differing = ReadonlyMap<string, readonly PropertyDifference[]>;

function differingResources(old: Opened, now: Opened): Differing {
  const differing = new Map<string, readonly PropertyDifference[]>();
  for (const [id, after] of now.resources) {
    const before = old.resources.get(id);
    const differences = before === undefined ? [] : compareProperties(rowsOf(before, old), rowsOf(after, now));
    if (differences.length > 0) differing.set(id, differences);
  }
  return differing;
}

function compareKeys(old: Opened, now: Opened, differing: Differing, isDeclared: DeclaredRemovals): readonly Change[] {
  return [...old.resources].flatMap(([id, placed]): readonly Change[] => {
    if (!isKey(placed)) return [];
    const { resource, stack } = placed;
    const other = now.resources.get(id);
    if (other === undefined) {
      const outcome = isDeclared(placed);
      const declared = outcome === undefined ? {} : { declared: true as const };
      const window: PropertyDifference = {
        property: 'pendingWindow',
        before: `${resource.pendingWindowDays ?? 30} days`,
      };
      const isDeleted = (outcome ?? resource.removal) === 'destroy';
      return [{ ...(isDeleted ? loss('deleted', placed, [window]) : loss('forgotten', placed, [])), ...declared }];
    }
    if (!isKey(other)) return [];
    const moved = placeDifferences(stack.environment, other.stack.environment);
    const fixed = (differing.get(id) ?? []).filter(({ property }) => fixedProperties.includes(property));
    if (moved.length + fixed.length > 0) return [loss('replaced', other, [...moved, ...fixed])];
    return resource.enabled && !other.resource.enabled ? [loss('disabled', other, [])] : [];
  });
}

/**
 * Aliases that point to another key: what was encrypted through them still needs the old key, and new data is encrypted with the other one.
 */
function redirectedAliases(now: Opened, differing: Differing): readonly Change[] {
  return [...differing].flatMap(([id, differences]) => {
    const placed = now.resources.get(id);
    if (placed?.resource.kind !== 'alias') return [];
    const other = differences.filter(({ property }) => property === keyOfAlias);
    return other.length === 0 ? [] : [loss('redirected', placed, other)];
  });
}

function loss(what: KeyLoss['what'], placed: Placed, details: readonly PropertyDifference[]): KeyLoss {
  return { rank: 'loss', what, subjects: [subjectOf(placed)], details };
}

/** The differences of account and region. */
function placeDifferences(before: Environment, after: Environment): readonly PropertyDifference[] {
  return (['account', 'region'] as const).flatMap((property) => {
    const [one, other] = [before[property], after[property]];
    return one === undefined || other === undefined || one === other ? [] : [{ property, before: one, after: other }];
  });
}

function rowsOf({ stack, resource }: Placed, { values, renames }: Opened): ReturnType<typeof propertiesOf> {
  const rows = propertiesOf(resource, (expression) => shown(values.resolve(expression, stack)));
  if (resource.kind !== 'alias') return rows;
  const target = values.resourceOf(resource.target, stack);
  const key = target === undefined ? shown(values.resolve(resource.target, stack)) : nameNow(target, renames);
  return [...rows, [keyOfAlias, key]];
}

/** The property of an alias that holds its key. */
const keyOfAlias = 'key';

/** The name of an alias's key in the second program. */
function nameNow({ stack, resource }: Placed, renames: Renames): string {
  const name = renames(stack.name, resource).split('/')[2];
  return isKey({ stack, resource }) && name !== undefined ? name : nameOf(resource);
}

function compareAllAccess(old: Opened, now: Opened): readonly Change[] {
  return [...compareKeyAccess(old, now), ...compareTrust(old, now), ...compareOtherResources(old, now)];
}

function compareKeyAccess(old: Opened, now: Opened): readonly Change[] {
  const referred = [old, now].flatMap(({ picture }) => picture.keys.filter(({ kind }) => kind === 'referred'));
  const ids = new Set([...old.keyIds.keys(), ...now.keyIds.keys(), ...referred.map(({ id }) => id)]);
  /** The differences of keys of each shape, with the principals that were asked about. */
  const byShape = new Map<string, ShapeDifferences>();
  const isPlainlySame = comparePlainly(old.picture, now.picture);
  return [...ids].flatMap((id) => {
    const before = sideOf(old, now, id);
    const after = sideOf(now, old, id);
    // Access to a key that is new, gone or elsewhere is no change of access.
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

/** The differences with other names at the same positions; `undefined` if two have the same name, since it would be ambiguous. */
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

/** A key with its picture. A key that programs only refer to exists even if this program does not mention it. */
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

/** Compares what identity policies say about resources that a pattern describes, beyond the programs' keys. */
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

/** Lists resources that came and went, and the properties that changed in resources of both programs. */
function compareRest(old: Opened, now: Opened, differing: Differing): readonly Change[] {
  const removed = [...old.resources].flatMap(([id, placed]) =>
    now.resources.has(id) || isKey(placed) || !isToldAlone(placed, old, now)
      ? [] // already reported as a loss
      : [property('removed', placed)],
  );
  const added = [...now.resources].flatMap(([id, placed]) =>
    old.resources.has(id) || !isToldAlone(placed, now, old) ? [] : [property('added', placed)],
  );
  const changed = [...now.resources].flatMap(([id, placed]) => {
    const before = old.resources.get(id);
    if (before === undefined) return [];
    const isDisabled = isKey(placed) && !placed.resource.enabled;
    const isSaid = (property: string) =>
      fixedProperties.includes(property) ||
      (isDisabled && property === 'enabled') ||
      (placed.resource.kind === 'alias' && property === keyOfAlias);
    return [...nameDifferences(before, placed), ...(differing.get(id) ?? [])]
      .filter(({ property }) => !isSaid(property))
      .map((difference) => property('changed', placed, difference));
  });
  return [...removed, ...added, ...changed, ...compareStacks(old, now)];
}

/** The name and stack of a key that moved, if they differ. */
function nameDifferences(before: Placed, after: Placed): readonly PropertyDifference[] {
  if (!isKey(before) || !isKey(after)) return [];
  const [one, other] = [before, after].map(({ stack, resource }) => `${stack.name}.${nameOf(resource)}`);
  return one === other || one === undefined || other === undefined
    ? []
    : [{ property: 'moved', before: one, after: other }];
}

function isKey(placed: Placed): placed is Placed<Key | ReplicaKey> {
  return placed.resource.kind === 'key' || placed.resource.kind === 'replicaKey';
}

/**
 * Whether a resource is reported on its own. Resources that belong to a key are reported with the key; an identity
 * policy is reported as the access it gives.
 */
function isToldAlone({ stack, resource }: Placed, own: Opened, other: Opened): boolean {
  if (resource.kind === 'identityPolicy') return false;
  if (resource.kind !== 'alias' && resource.kind !== 'kmsGrant') return true;
  const key = own.values.resourceOf(resource.kind === 'alias' ? resource.target : resource.key, stack);
  if (key === undefined) return true;
  const same = other.resources.get(identityOf(key, own.values, own.renames));
  return same !== undefined && placeDifferences(key.stack.environment, same.stack.environment).length === 0;
}

function property(what: PropertyChange['what'], placed: Placed, difference?: PropertyDifference): PropertyChange {
  return { rank: 'property', what, subjects: [subjectOf(placed)], ...(difference ?? { property: '' }) };
}

function compareStacks(old: Opened, now: Opened): readonly Change[] {
  return now.program.stacks.flatMap((stack) => {
    const before = old.stacks.get(stack.name);
    if (before === undefined) return [];
    const rows = (one: Stack, { program, values }: Opened) =>
      propertiesOfStack(one, program, (expression) => shown(values.resolve(expression, one)));
    return compareProperties(rows(before, old), rows(stack, now)).map((difference): PropertyChange => {
      const subject: Subject = { kind: 'stack', name: stack.name, ...placeOf(stack), source: { span: stack.span } };
      return { rank: 'property', what: 'changed', subjects: [subject], ...difference };
    });
  });
}

function subjectOf({ stack, resource }: Placed): Subject {
  const { kind, source } = resource;
  return { ...placeOf(stack), kind, name: nameOf(resource), source };
}

function placeOf({ name: stack, environment: { name, account, region } }: Stack): Omit<Subject, 'kind' | 'name'> {
  return {
    stack,
    ...(name !== undefined && { environment: name }),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  };
}

function nameOf(resource: Resource): string {
  switch (resource.kind) {
    case 'replicaKey':
      return `${resource.name}@${resource.environmentName}`;
    case 'alias':
      return resource.aliasName;
    case 'sharedParameter':
      return resource.parameterName;
    default:
      return resource.name;
  }
}

function subjectOfKey(key: PictureKey, ...programs: readonly Opened[]): Subject {
  for (const { resources } of programs) {
    const placed = resources.get(key.id);
    if (placed !== undefined) return subjectOf(placed);
  }
  return { kind: 'referredKey', name: key.name };
}

function rank(change: Change): number {
  const order = change.rank === 'loss' ? losses : change.rank === 'access' ? accesses : properties;
  return { loss: 0, access: 10, property: 20 }[change.rank] + order.indexOf(change.what);
}

const losses: readonly string[] = [
  'deleted',
  'replaced',
  'redirected',
  'forgotten',
  'disabled',
] satisfies readonly KeyLoss['what'][];
const accesses: readonly string[] = ['gains', 'otherwise', 'loses', 'denial'] satisfies readonly AccessChange['what'][];
const properties: readonly string[] = ['removed', 'added', 'changed'] satisfies readonly PropertyChange['what'][];
