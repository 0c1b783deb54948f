/**
 * Finds who gains and who loses access to a key. For each of the two programs, the evaluator gives the condition under which a principal
 * may perform an action. If the two conditions differ, that is a change.
 */

import { type Applicable, type Evaluation, evaluate } from '@keywright/analyze/evaluate/evaluate';
import { operations as allOperations, isAboutKey } from '@keywright/analyze/facts/actions';
import { principalsConcerning } from '@keywright/analyze/find';
import { all, not, type Truth, testsOf } from '@keywright/analyze/logic/truth';
import { rootOf } from '@keywright/analyze/named-principal';
import type {
  Picture,
  PictureGrant,
  PictureKey,
  PicturePrincipal,
  PolicyCondition,
  PolicyStatement,
  StatementRef,
} from '@keywright/analyze/picture';
import { isSetOfPrincipals, type Principal } from '@keywright/analyze/principal';
import { principalId } from '@keywright/analyze/principal-id';
import type { Request } from '@keywright/analyze/request';
import { joinValue, shown } from '@keywright/analyze/value/value';
import { groupBy } from '@keywright/core/collections/group-by';
import { actionClasses } from './action-classes.ts';
import { type Atoms, createAtoms } from './atoms.ts';
import type { AccessChange, Extent } from './changes.ts';
import { relate, textOf, under } from './formula.ts';

export interface KeySide {
  readonly picture: Picture;
  readonly key: PictureKey;
}

/** A change for some principals and actions. `gone` and `came` are positions of statements in the lists that `statementsAbout` returns. */
export interface AccessDifference {
  readonly what: AccessChange['what'];
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly before: Extent;
  readonly after: Extent;
  readonly gone: readonly number[];
  readonly came: readonly number[];
  readonly withoutTls?: true;
}

const operationsOnKeys = allOperations.filter(isAboutKey);

/** Returns every statement and grant that may apply to a key, in a fixed order. */
export function statementsAbout({ picture, key }: KeySide): readonly (PolicyStatement | PictureGrant)[] {
  const patterns = [...picture.identityPatterns.values()].flat();
  const byAlias = key.kind === 'referred' ? [...picture.identityByAlias.values()].flat() : [];
  return [...(key.policy ?? []), ...key.grants, ...[...key.identity.values()].flat(), ...patterns, ...byAlias];
}

/** Returns the principals to ask about: their names, in order, and a text that says for each principal which program lacks it. */
export function principalsToCompare(
  before: KeySide,
  after: KeySide,
): { readonly names: readonly string[]; readonly missing: string } {
  const principals = principalsOf(before, after);
  const missing = principals.map(({ isMissing }) => `${Number(isMissing.before)}${Number(isMissing.after)}`).join(' ');
  return { names: principals.map(({ name }) => name), missing };
}

export function compareAccess(before: KeySide, after: KeySide): readonly AccessDifference[] {
  const [old, now] = [indexed(before), indexed(after)];
  const principals = principalsOf(before, after);
  const accounts = new Set(
    principals.flatMap(({ principal }) => (principal.kind === 'account' ? [shown(principal.account)] : [])),
  );
  const atoms = createAtoms();
  const statements = [...old.statements.values(), ...now.statements.values()];
  const classes = actionClasses(actionsAbout(before, after), statements);
  const judged = (side: Indexed, who: ComparedPrincipal, action: string, context?: Request['context']) =>
    judge(side, { principal: who.principal, action, key: side.key, ...(context && { context }) }, who, accounts, atoms);
  const changes: PrincipalChange[] = [];
  const changesWithoutTls: PrincipalChange[] = [];
  const asksForTls = statements.some((one) => 'conditions' in one && one.conditions.some(isAboutTls));
  for (const who of principals) {
    for (const actions of classes) {
      const [action] = actions;
      const compared = (context?: Request['context']) =>
        compareJudged(
          who.isMissing.before ? nothing : judged(old, who, action, context),
          who.isMissing.after ? nothing : judged(now, who, action, context),
          atoms,
        );
      const difference = compared();
      if (difference !== undefined) changes.push({ ...difference, who, actions });
      // Requests without TLS are compared only if there is no difference with TLS, since the same difference would show without TLS.
      const other = difference === undefined && asksForTls ? compared(noTls) : undefined;
      if (other !== undefined) changesWithoutTls.push({ ...other, who, actions });
    }
  }
  return [...gathered(changes), ...aboutTls(changesWithoutTls)];
}

/**
 * A request without TLS. KMS answers only over TLS and never gets such a request, so the evaluator assumes TLS. But dropping a statement
 * that requires TLS is still a change. Source: IAM User Guide, "aws:SecureTransport": every request has this condition key.
 */
const noTls: Request['context'] = { 'aws:SecureTransport': 'false' };

function isAboutTls({ key }: PolicyCondition): boolean {
  return key.toLowerCase() === 'aws:securetransport';
}

/** Merges the changes for all principals and actions into one, since they have no effect on anyone. */
function aboutTls(changes: readonly PrincipalChange[]): readonly AccessDifference[] {
  if (changes.length === 0) return [];
  const numbers = (of: (difference: Difference) => readonly number[]) =>
    [...new Set(changes.flatMap(of))].sort((one, other) => one - other);
  return [
    {
      what: 'denial',
      principals: [everyone],
      actions: [...new Set(changes.flatMap(({ actions }) => actions))].sort(),
      before: 'never',
      after: 'never',
      gone: numbers(({ gone }) => gone),
      came: numbers(({ came }) => came),
      withoutTls: true,
    },
  ];
}

interface ComparedPrincipal {
  readonly id: string;
  readonly name: string;
  readonly principal: Principal;
  /** Whether the principal represents all principals that no policy names. */
  readonly standsForUnnamed: boolean;
  /** For each program, whether only the other program creates the principal. Then the principal can do nothing in this program. */
  readonly isMissing: { readonly before: boolean; readonly after: boolean };
}

function principalsOf(before: KeySide, after: KeySide): readonly ComparedPrincipal[] {
  const named = new Map<string, PicturePrincipal>();
  for (const { picture, key } of [before, after]) {
    for (const principal of principalsConcerning(picture, key)) named.set(principal.id, principal);
  }
  const principals = new Map<string, ComparedPrincipal>();
  for (const { id, name, label, principal } of named.values()) {
    const [old, now] = [before.picture.principalsById.get(id), after.picture.principalsById.get(id)];
    principals.set(id, {
      id,
      name: nameOf(principal, label ?? name),
      principal,
      standsForUnnamed: isSetOfPrincipals(principal),
      isMissing: {
        before: old === undefined && now?.created !== undefined,
        after: now === undefined && old?.created !== undefined,
      },
    });
  }
  const others: readonly (readonly [Principal, string])[] = [
    ...[before.key, after.key].flatMap(({ account, partition }): (readonly [Principal, string])[] => [
      [{ kind: 'account', account }, `account ${shown(account)}`],
      [rootOf(account, partition), `the root user of account ${shown(account)}`],
    ]),
    [{ kind: 'anyone' }, everyone],
    // Represents any service that no policy names.
    [{ kind: 'service', host: joinValue([{ unknown: 'principal', of: 'another service' }]) }, 'other AWS services'],
  ];
  for (const [principal, name] of others) {
    const id = principalId(principal);
    if (principals.has(id)) continue;
    const isMissing = { before: false, after: false };
    principals.set(id, { id, name, principal, standsForUnnamed: principal.kind !== 'root', isMissing });
  }
  return [...principals.values()];
}

function nameOf(principal: Principal, name: string): string {
  if (principal.kind === 'anyone') return everyone;
  return principal.kind === 'account' ? `account ${shown(principal.account)}` : name;
}

/** The name in a change for all principals that no policy names. */
const everyone = 'everyone';

/** Returns the actions of KMS, such as `kms:Decrypt`, and actions that policies name although KMS does not have them yet. */
function actionsAbout(...sides: readonly KeySide[]): readonly string[] {
  const namedActions = sides.flatMap((side) =>
    statementsAbout(side).flatMap((statement) =>
      'conditions' in statement ? [...(statement.actions ?? []), ...(statement.notActions ?? [])] : [],
    ),
  );
  const kmsActions = new Set(allOperations.map((operation) => `kms:${operation}`.toLowerCase()));
  const unknown = namedActions.filter((action) => !/[*?]/.test(action) && !kmsActions.has(action.toLowerCase()));
  return [...operationsOnKeys.map((operation) => `kms:${operation}`), ...new Set(unknown)];
}

interface Indexed extends KeySide {
  readonly numbers: ReadonlyMap<StatementRef, number>;
  readonly statements: ReadonlyMap<StatementRef, PolicyStatement | PictureGrant>;
}

function indexed(side: KeySide): Indexed {
  const statements = statementsAbout(side);
  return {
    ...side,
    numbers: new Map(statements.map(({ ref }, index) => [ref, index])),
    statements: new Map(statements.map((statement) => [statement.ref, statement])),
  };
}

/** The conditions under which a principal is allowed and explicitly denied something. */
interface Judged {
  readonly allowed: Truth;
  readonly denied: Truth;
  /** The statements that decide, computed on demand. */
  readonly by: () => readonly Deciding[];
}

interface Deciding {
  readonly number: number;
  /** The statement's requirements on the request as text, the same for equivalent statements. */
  readonly text: string;
}

const nothing: Judged = { allowed: false, denied: false, by: () => [] };

function judge(
  side: Indexed,
  request: Request,
  who: ComparedPrincipal,
  accounts: ReadonlySet<string>,
  atoms: Atoms,
): Judged {
  const evaluation = evaluate(side.picture, request);
  const splitRequest = {
    facts: evaluation.facts,
    statementOf: (ref: StatementRef) => side.statements.get(ref),
    isNobodyNamed: who.standsForUnnamed,
    accounts: who.standsForUnnamed
      ? new Set([...accounts].filter((account) => !isIn(who.principal, account)))
      : accounts,
  };
  const split = (truth: Truth) => atoms.split(truth, splitRequest);
  const denied = split(evaluation.denied);
  const allowed = denied === true ? false : all(not(denied), split(evaluation.permitted));
  const by = () =>
    listsOf(evaluation).flatMap(([kind, list]) =>
      list.flatMap(({ ref, truth }): readonly Deciding[] => {
        const number = side.numbers.get(ref);
        const condition = split(truth);
        return number === undefined || condition === false ? [] : [{ number, text: `${kind} ${textOf(condition)}` }];
      }),
    );
  return { allowed, denied, by };
}

function isIn(principal: Principal, account: string): boolean {
  return 'account' in principal && shown(principal.account) === account;
}

function listsOf(evaluation: Evaluation): readonly (readonly [string, readonly Applicable[]])[] {
  const { denies, direct, trust, identity, grants, accountGrants } = evaluation;
  return [
    ['deny', denies],
    ['direct', direct],
    ['trust', trust],
    ['identity', identity],
    ['grant', grants],
    ['accountGrant', accountGrants],
  ];
}

export function extentOf(allowed: Truth): Extent {
  if (typeof allowed === 'boolean') return allowed ? 'always' : 'never';
  // Access depends on policies outside the program if nothing is allowed any more once all tests of these policies fail.
  const outside = testsOf(allowed).filter(({ kind }) => kind === 'otherPolicies' || kind === 'keyPolicy');
  const isOutside = outside.length > 0 && under(allowed, new Map(outside.map(({ id }) => [id, false]))) === false;
  return isOutside ? 'outside' : 'sometimes';
}

type Difference = Omit<AccessDifference, 'principals' | 'actions'>;

function compareJudged(before: Judged, after: Judged, atoms: Atoms): Difference | undefined {
  const relation = relate(before.allowed, after.allowed, atoms.consequences);
  const denial = relation === 'same' && relate(before.denied, after.denied, atoms.consequences) !== 'same';
  if (relation === 'same' && !denial) return undefined;
  const [old, now] = [before.by(), after.by()];
  return {
    what: denial ? 'denial' : relation === 'wider' ? 'gains' : relation === 'narrower' ? 'loses' : 'otherwise',
    before: extentOf(before.allowed),
    after: extentOf(after.allowed),
    gone: withoutThese(old, now),
    came: withoutThese(now, old),
  };
}

function withoutThese(own: readonly Deciding[], others: readonly Deciding[]): readonly number[] {
  const texts = new Set(others.map(({ text }) => text));
  return [...new Set(own.filter(({ text }) => !texts.has(text)).map(({ number }) => number))].sort((a, b) => a - b);
}

interface PrincipalChange extends Difference {
  readonly who: ComparedPrincipal;
  readonly actions: readonly string[];
}

/** Merges differences that are one change: several actions for one principal, and the same actions for several principals. */
function gathered(changes: readonly PrincipalChange[]): readonly AccessDifference[] {
  const byWho = groupBy(changes, ({ who, actions: _, ...difference }) => JSON.stringify([who.id, difference]));
  const ofWho = [...byWho.values()].map((group) => ({
    ...group[0],
    actions: group.flatMap(({ actions }) => actions).sort(),
  }));
  const byActions = groupBy(ofWho, ({ actions, what, before, after, gone, came }) =>
    JSON.stringify([actions, what, before, after, gone, came]),
  );
  const differences = [...byActions.values()].map((group): AccessDifference => {
    const [{ actions, what, before, after, gone, came }] = group;
    // A change for `everyone` covers the unnamed principals of an account too.
    const isForEveryone = group.some(({ who }) => who.principal.kind === 'anyone');
    const named = group.filter(({ who }) => !isForEveryone || !who.standsForUnnamed || who.principal.kind === 'anyone');
    const names = named.map(({ who }) => who.name).sort();
    return { what, principals: names, actions, before, after, gone, came };
  });
  const reported = new Set(
    differences.flatMap(({ what, gone, came }) => (what === 'denial' ? [] : [JSON.stringify([gone, came])])),
  );
  // A Deny that changes the access of some principals is reported for these principals only.
  return differences.filter(({ what, gone, came }) => what !== 'denial' || !reported.has(JSON.stringify([gone, came])));
}
