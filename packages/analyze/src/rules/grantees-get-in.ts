import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isOfPreset } from '@keywright/core/policy/preset-source';
import type { RequestFacts } from '../context/context.ts';
import { readRequest } from '../context/read-request.ts';
import { decide } from '../decide.ts';
import { conditionHolds, conditionsHold } from '../evaluate/conditions.ts';
import { keyStatementApplies } from '../evaluate/statements.ts';
import { isAboutKey, usesOf, worksAcrossAccounts } from '../facts/actions.ts';
import { rootOf } from '../named-principal.ts';
import type { Picture, PictureKey, PolicyCondition, PolicyStatement, StatementRef } from '../picture.ts';
import type { Principal } from '../principal.ts';
import type { Request } from '../request.ts';
import { equals } from '../value/compare.ts';
import { joinValue, shown } from '../value/value.ts';
import { isOfOtherNetworks } from './networks-spare-services.ts';
import { isOfAnotherAccount, isOwnRoot } from './read/accounts.ts';
import { hasWildcard, requiredConditionsOn } from './read/conditions.ts';
import { everyoneIn } from './read/everyone.ts';
import { type Given, type Grantee, granteesOf } from './read/grantees.ts';
import { listed } from './read/names.ts';
import { contradictionIn, isNeverMet } from './read/never-met.ts';
import { isAboutEverything, operationsIn } from './read/operations.ts';
import { mistakeIn } from './read/operator-mistakes.ts';
import { voidedBy } from './read/relations.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{
  key: string;
  who: string;
  why: string;
  isPart?: boolean;
  /** Whether the finding is about only one of the grantee's permissions, and the other permissions take effect. */
  isOneOfSeveral?: boolean;
  /** Whether the grantee is a service, blocked by a Deny that has no condition about services. */
  isDeniedService?: boolean;
  /** The actions of a service preset that a Deny blocks, if the Deny leaves other actions. */
  blocked?: readonly string[];
}>({
  code: 'KW7021',
  severity: 'warning',
  title: 'A grantee with permissions that never take effect',
  message: ({ key, who, why, isPart, isOneOfSeveral, blocked }) =>
    blocked !== undefined
      ? `${listed([who])} needs ${listed(blocked)} on \`${key}\`, and a Deny blocks that`
      : isOneOfSeveral === true
        ? `this gives ${listed([who])} nothing on \`${key}\`: ${why}`
        : isPart === true
          ? `${listed([who])} can read metadata of \`${key}\`, but its other permissions never take effect: ${why}`
          : `${listed([who])} can use none of its permissions on \`${key}\`: ${why}`,
  help: ({ isDeniedService }) =>
    isDeniedService === true
      ? 'add `Bool: { "aws:PrincipalIsAWSService": false }` to the conditions of the Deny, which then spares services, or remove the service'
      : 'remove the grant or statement, or remove what blocks it',
  explanation: `A grant or statement names a principal, but no part of it takes effect, for one of these reasons:

- A Deny takes everything away, for example because it excludes the encryption context that the grant requires.
- A condition requires something that this principal's requests never have, such as \`aws:SourceArn\` for a role, or a time before 2026.
  Later times are not compared with the clock, so that the findings do not depend on the day.
- KMS does not allow the actions across accounts.
- The principal cannot exist, such as a role with a wildcard in its ARN.
- In a statement for everyone, conditions contradict each other, such as one on \`aws:PrincipalOrgID\`, which services lack, and one on
  \`aws:SourceAccount\`, which only services have.

Access is decided as KMS would decide it, assuming that anything known only at deployment, or only when a request is made, allows access.
Statements that no request could meet, whoever makes it, are reported by [KW7012](KW7012.md), [KW7015](KW7015.md),
[KW7024](KW7024.md) and [KW7048](KW7048.md) instead. Each grant and statement is judged by itself, even if another one allows the
same actions. If some of the permissions of a grant take effect, the grant is not reported, with one exception: a principal that
should use the key can only read its metadata, as with \`kms:DescribeKey\`. A service needs everything that its preset under
\`services\` allows, so a Deny of any part is reported too.
Source: AWS KMS Developer Guide, "Troubleshooting key access"; IAM User Guide, "Policy evaluation logic".`,
  example: {
    wrong: `grants:
  - { to: partner, can: "kms:EnableKey" } # of another account`,
    right: `grants:
  - { to: partner, can: decrypt }`,
  },
});

/** A principal named in an Allow, an identity policy or a KMS grant can perform at least one of the operations that are allowed there. */
export const granteesGetIn: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { picture }) => {
    const contradicting = 'no request meets all conditions of the statement';
    const nobody = (key.policy ?? [])
      .filter((statement) => letsNobodyIn(statement, key, picture))
      .map(({ ref }) => report(definition, ref.source.span, { key: key.name, who: '*', why: contradicting }));
    const named = granteesOf(key, picture).flatMap((grantee) =>
      problemsOf(grantee, key, picture)
        .filter((problem) => !isByNetworkOnly(problem, key))
        .map((problem) => reported(problem, grantee, key)),
    );
    return [...nobody, ...named];
  },
};

/** The reason why all or some permissions of a grantee have no effect. */
interface Problem {
  readonly at: Given;
  readonly why: string;
  /** The statements that deny the permissions. */
  readonly denials?: ReadonlySet<StatementRef>;
  readonly isPart?: boolean;
  readonly isOneOfSeveral?: boolean;
  readonly blocked?: readonly string[];
}

/** Whether only a Deny by network blocks the permissions, which another rule reports. */
function isByNetworkOnly({ denials = new Set() }: Problem, { policy = [] }: PictureKey): boolean {
  const denying = policy.filter(({ ref }) => denials.has(ref));
  return denying.length > 0 && denying.every(({ conditions }) => conditions.some(isOfOtherNetworks));
}

function reported(
  { at, denials = new Set(), ...problem }: Problem,
  { principal, name }: Grantee,
  key: PictureKey,
): Diagnostic {
  const related = [...denials].map(({ source }) => ({ message: 'this denies it', span: source.span }));
  const isForServices = ({ ref, conditions }: PolicyStatement) =>
    denials.has(ref) && conditions.some((condition) => /^aws:PrincipalIsAWSService$/i.test(condition.key));
  const isDeniedService = denials.size > 0 && principal?.kind === 'service' && !key.policy?.some(isForServices);
  return report(definition, at.source.span, { key: key.name, who: name(), isDeniedService, ...problem }, related);
}

/** A principal that can exist, its permissions on a key, and the decisions about its requests. */
interface Case {
  readonly principal: Principal;
  readonly given: readonly Given[];
  readonly statements: readonly PolicyStatement[];
  readonly key: PictureKey;
  readonly outcomeOf: OutcomeOf;
  /** The decisions about requests that are made exactly as this statement or KMS grant requires. */
  readonly outcomeOfOne: (given: Given) => OutcomeOf;
  /** Whether a statement or KMS grant is certainly enough by itself: nothing is denied, and no other account has a say. */
  readonly isEnough: (given: Given) => boolean;
  /** Whether a request of the principal for one of the operations might meet the conditions of a statement. */
  readonly mayMeet: (statement: PolicyStatement, operations: readonly string[]) => boolean;
  /** The condition keys of those conditions of a statement that no request of the principal for one of the operations meets. */
  readonly unmetIn: (statement: PolicyStatement, operations: readonly string[]) => readonly string[];
}

function problemsOf({ principal, given }: Grantee, key: PictureKey, picture: Picture): readonly Problem[] {
  const [first] = given;
  if (first === undefined) return [];
  const statements = given.flatMap(({ statement }) => (statement === undefined ? [] : [statement]));
  if (principal === undefined) {
    // Another rule covers every role of the account.
    const isEveryone = statements.some((statement) => everyoneIn(statement, key, picture) !== undefined);
    return isEveryone ? [] : [{ at: first, why: 'no request can come from it' }];
  }
  const isClose = needsNoOtherAccount(principal, key);
  // Within the key's account, the statement has to give access by itself: other policies of the principal do not count.
  const beyond = isClose ? 'nothing' : 'unknown';
  const nothingIsDenied = (key.policy ?? []).every(({ effect }) => effect === 'Allow');
  const one: Case = {
    principal,
    given,
    statements,
    key,
    outcomeOf: outcomes(given, principal, key, picture, beyond),
    outcomeOfOne: (each) => outcomes([each], principal, key, picture, beyond),
    isEnough: ({ statement }) =>
      nothingIsDenied && isClose && (statement === undefined || letsIn(statement, principal, key, picture)),
    mayMeet: (statement, operations) => mayMeetConditions(statement, operations, principal, key, picture),
    unmetIn: (statement, operations) => {
      const requests = requestsFor(statement, operations, principal, key, picture);
      const isUnmet = (condition: PolicyCondition) =>
        requests.every((facts) => conditionHolds(condition, facts, statement.ref) === false);
      return statement.conditions.filter(isUnmet).map((condition) => condition.key);
    },
  };
  // For most principals one statement is enough to decide; a full decision takes longer.
  if (given.some((each) => each.statement !== undefined && one.isEnough(each))) return inVain(one);
  if (areReportedElsewhere(one)) return [];
  // Another rule reports actions that KMS does not have, or that are not about a key.
  const operations = [...new Set(given.flatMap((each) => [...each.operations]))].filter(isAboutKey);
  if (operations.length === 0) return [];
  const isLetIn = (operation: string) => one.outcomeOf(operation).isAllowed;
  const uses = usesOf(key.traits?.usage).filter((operation) => operations.includes(operation));
  if (uses.some(isLetIn)) {
    const blocked = blockedInPreset(one);
    return blocked === undefined ? inVain(one) : [{ at: first, ...blocked }];
  }
  const otherAllowed = operations.filter((operation) => isLetIn(operation) && !uses.includes(operation));
  const isMetadata = uses.length > 0 && otherAllowed.every((operation) => /^(Describe|Get|List)/.test(operation));
  if (otherAllowed.length > 0 && !isMetadata) return inVain(one);
  return [{ at: first, isPart: otherAllowed.length > 0, ...reasonFor(operations, statements, one) }];
}

/** Whether other rules say why none of the statements has an effect. */
function areReportedElsewhere({ given, statements, key }: Case): boolean {
  if (statements.length > 0 && statements.every((statement) => isVoid(statement, key))) return true;
  return statements.length === given.length && statements.every((statement) => isNeverMetByAnyone(statement, key));
}

function isVoid(statement: PolicyStatement, { policy = [] }: PictureKey): boolean {
  return voidedBy(statement, policy) !== undefined;
}

/** Whether no request by any caller meets a statement. `false` for a preset's statement, since no other rule reports this about presets. */
function isNeverMetByAnyone(statement: PolicyStatement, key: PictureKey): boolean {
  return !isOfPreset(statement.ref.source) && isNeverMet(statement, key);
}

/** The KMS grants and statements that give the principal nothing, although other grants or statements give it something. */
function inVain(one: Case): readonly Problem[] {
  return one.given
    .filter((each) => isInVain(each, one))
    .map((at) => {
      const operations = [...at.operations].filter(isAboutKey);
      const statements = at.statement === undefined ? [] : [at.statement];
      return { at, isOneOfSeveral: true, ...reasonFor(operations, statements, byItself(at, one)) };
    });
}

function isInVain(each: Given, one: Case): boolean {
  const { operations, source, statement } = each;
  const { principal, key, isEnough, mayMeet, outcomeOf } = byItself(each, one);
  if (isOfPreset(source) || isEnough(each)) return false;
  if (statement !== undefined && (isVoid(statement, key) || isNeverMetByAnyone(statement, key))) return false;
  // Only a KMS grant says who may retire it. If a statement allows nothing but retiring grants, its conditions are not the mistake.
  const usable = [...operations].filter((operation) => isAboutKey(operation) && operation !== 'RetireGrant');
  // Another rule reports actions that do not work across accounts.
  if (isOfAnotherAccount(principal, key) && !usable.some(worksAcrossAccounts)) return false;
  if (usable.length === 0) return false;
  // Another statement may allow the same operations.
  if (statement !== undefined && !mayMeet(statement, usable)) return true;
  return !usable.some((operation) => outcomeOf(operation).isAllowed);
}

/**
 * The case for requests that have the encryption context which one statement or KMS grant requires, if it requires one. Other statements
 * may let the principal in with another encryption context, and must not count here.
 */
function byItself(given: Given, one: Case): Case {
  const hasContext = waysOf(given).some(({ encryptionContext = {}, context = {} }) =>
    [encryptionContext, context].some((pairs) => Object.keys(pairs).length > 0),
  );
  return hasContext ? { ...one, outcomeOf: one.outcomeOfOne(given) } : one;
}

/** The problem if a Deny blocks actions of the presets that name the principal; otherwise `undefined`. */
function blockedInPreset({ given, outcomeOf }: Case): Omit<Problem, 'at'> | undefined {
  const ofPreset = given.filter(({ source }) => isOfPreset(source));
  const needed = new Set(ofPreset.flatMap((each) => [...each.operations]));
  const outcomes = [...needed].filter(isAboutKey).map(outcomeOf);
  const denied = outcomes.filter(({ denials }) => denials.length > 0);
  if (denied.length === 0) return undefined;
  const blocked = denied.map(({ operation }) => `kms:${operation}`);
  return { why: '', denials: new Set(denied.flatMap(({ denials }) => denials)), blocked };
}

function reasonFor(
  operations: readonly string[],
  statements: readonly PolicyStatement[],
  one: Case,
): Pick<Problem, 'why' | 'denials'> {
  const denials = new Set(operations.flatMap((operation) => one.outcomeOf(operation).denials));
  return { denials, why: denials.size > 0 ? 'a Deny blocks it' : reasonOf(operations, statements, one) };
}

type OutcomeOf = (operation: string) => Outcome;

interface Outcome {
  readonly operation: string;
  readonly isAllowed: boolean;
  /** The statements that deny the operation; empty if it is allowed. */
  readonly denials: readonly StatementRef[];
}

/**
 * Returns a function that decides, once for each operation, whether any of the given permissions lets the principal perform the operation.
 */
function outcomes(
  given: readonly Given[],
  principal: Principal,
  key: PictureKey,
  picture: Picture,
  beyond: 'nothing' | 'unknown',
): OutcomeOf {
  const decided = new Map<string, Outcome>();
  return (operation) => {
    const earlier = decided.get(operation);
    if (earlier !== undefined) return earlier;
    const ways = given.flatMap((each) => (each.operations.has(operation) ? waysOf(each) : []));
    const decisions = ways.map((way) =>
      decide(picture, { principal, action: `kms:${operation}`, key, beyond, ...way }),
    );
    const isAllowed = decisions.some(({ decision }) => decision === 'allow' || decision === 'dependsOn');
    const denying = isAllowed ? [] : decisions.filter(({ decision }) => decision === 'explicitDeny');
    const outcome = { operation, isAllowed, denials: denying.flatMap(({ by }) => by) };
    decided.set(operation, outcome);
    return outcome;
  };
}

/** What a statement or a KMS grant requires of a request: a service through which it comes, or an encryption context. */
function waysOf({ statement, encryptionContext }: Given): readonly Pick<Request, Circumstance>[] {
  if (encryptionContext === undefined) {
    const contexts = statement === undefined ? [{}] : contextsOf(statement);
    return viasOf(statement).flatMap((via) =>
      contexts.map((context) => (via === undefined ? { context } : { via, context })),
    );
  }
  const { match, pairs } = encryptionContext;
  if (match === 'equals') return [{ encryptionContext: Object.fromEntries(pairs) }];
  return [{ context: Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])) }];
}

/** The pairs of the encryption context that a statement requires, in each combination of their values; `[{}]` if it requires none. */
function contextsOf(statement: PolicyStatement): readonly NonNullable<Request['context']>[] {
  const keys = statement.conditions.map(({ key }) => key.toLowerCase()).filter((key) => isOfContext.test(key));
  const exact = requiredConditionsOn(statement, keys).filter(
    ({ operator, values }) =>
      /(^|:)String(Equals|Like)$/i.test(operator) &&
      values.every((value) => typeof value === 'string' && !/[*?$]/.test(value)),
  );
  const contexts = exact.reduce<readonly NonNullable<Request['context']>[]>(
    (some, { key, values }) => some.flatMap((context) => values.map((value) => ({ ...context, [key]: value }))),
    [{}],
  );
  return contexts.length <= mostContexts ? contexts : [{}];
}

const isOfContext = /^kms:encryptioncontext:/;

/** A bound for statements with long lists of values. */
const mostContexts = 20;

type Circumstance = 'via' | 'encryptionContext' | 'context';

/**
 * The values of `kms:ViaService` that a statement requires in its requests; `[undefined]` if the statement requires no service or accepts
 * any.
 */
function viasOf(statement: PolicyStatement | undefined): readonly (string | undefined)[] {
  const [condition] = statement === undefined ? [] : requiredConditionsOn(statement, ['kms:viaservice']);
  const hosts = condition?.values.filter((value) => typeof value === 'string' && !hasWildcard(value)) ?? [];
  return condition === undefined || hosts.length < condition.values.length ? [undefined] : hosts.map(shown);
}

/** Whether an Allow for everyone lets nobody in, because no kind of caller meets all of its conditions. */
function letsNobodyIn(statement: PolicyStatement, key: PictureKey, picture: Picture): boolean {
  const { effect, principals = [], conditions } = statement;
  if (effect === 'Deny' || conditions.length < 2 || !principals.some(({ kind }) => kind === 'anyone')) return false;
  // Another rule reports conditions that exclude each other.
  if (contradictionIn(statement) !== undefined) return false;
  const operations = [...operationsIn(statement)].filter(isAboutKey);
  const host = joinValue([{ unknown: 'principal', of: 'a service' }]);
  const callers: readonly Principal[] = [
    { kind: 'anyone' },
    { kind: 'service', host },
    rootOf(key.account, key.partition),
  ];
  return (
    operations.length > 0 &&
    operations.every((operation) =>
      callers.every((principal) => {
        const facts = readRequest(picture, { principal, action: `kms:${operation}`, key });
        return keyStatementApplies(statement, facts).direct === false;
      }),
    )
  );
}

/** Whether a statement by itself allows, or might allow, its operations to a principal of the key's account. */
function letsIn(statement: PolicyStatement, principal: Principal, key: PictureKey, picture: Picture): boolean {
  const { conditions, resources, ref } = statement;
  const operations = operationsIn(statement);
  if (ref.kind === 'identityPolicy') return conditions.length === 0 && trusts(key) && isAboutSomeKey(operations);
  if (conditions.length === 0 && resources?.includes('*') === true) return isAboutSomeKey(operations);
  for (const operation of operations) {
    const facts = readRequest(picture, { principal, action: `kms:${operation}`, key, beyond: 'nothing' });
    if (facts.isAboutKey && keyStatementApplies(statement, facts).direct !== false) return true;
  }
  return false;
}

/** Whether a request of a principal for one of the operations might meet the conditions of a statement. */
function mayMeetConditions(
  statement: PolicyStatement,
  operations: readonly string[],
  principal: Principal,
  key: PictureKey,
  picture: Picture,
): boolean {
  const { conditions, effect } = statement;
  // Another rule reports operators that make a condition fail.
  if (conditions.length === 0 || conditions.some((condition) => mistakeIn(condition, effect, conditions))) return true;
  return requestsFor(statement, operations, principal, key, picture).some(
    (facts) => conditionsHold(statement, facts) !== false,
  );
}

/** The requests of a principal for the operations, through each of the services that a statement requires. */
function requestsFor(
  statement: PolicyStatement,
  operations: readonly string[],
  principal: Principal,
  key: PictureKey,
  picture: Picture,
): readonly RequestFacts[] {
  return viasOf(statement).flatMap((via) =>
    operations.map((operation) =>
      readRequest(picture, { principal, action: `kms:${operation}`, key, ...(via !== undefined && { via }) }),
    ),
  );
}

function isAboutSomeKey(operations: Iterable<string>): boolean {
  for (const operation of operations) if (isAboutKey(operation)) return true;
  return false;
}

/** The reason why statements about these operations give a principal no access, if the reason is not a Deny. */
function reasonOf(
  operations: readonly string[],
  statements: readonly PolicyStatement[],
  { principal, key, unmetIn }: Case,
): string {
  if (isOfAnotherAccount(principal, key) && !operations.some(worksAcrossAccounts))
    return 'KMS allows none of these actions across accounts';
  const conditional = statements.filter(({ conditions }) => conditions.length > 0);
  if (statements.length === 0 || conditional.length > 0) {
    const unmet = conditional.map((statement) => unmetIn(statement, operations));
    const names = [...new Set(unmet.flat())];
    // If a statement has no condition that fails by itself, only the combination of its conditions is never met, so none can be named.
    if (names.length > 0 && unmet.every((some) => some.length > 0))
      return `none of its requests meets the ${names.length === 1 ? 'condition' : 'conditions'} on ${listed(names)}`;
    return `none of its requests meets all conditions of the ${statements.length === 1 ? 'statement' : 'statements'}`;
  }
  return statements.every(({ ref }) => ref.kind === 'identityPolicy')
    ? 'the key policy leaves none of this to IAM policies'
    : 'none of the statements is about this key';
}

function needsNoOtherAccount(principal: Principal, key: PictureKey): boolean {
  return principal.kind === 'service' || ('account' in principal && equals(principal.account, key.account) === true);
}

/** Whether the key policy delegates everything to its account's policies. */
function trusts(key: PictureKey): boolean {
  return (key.policy ?? []).some(
    (statement) =>
      statement.conditions.length === 0 &&
      isAboutEverything(statement) &&
      statement.resources?.includes('*') === true &&
      statement.principals?.some((named) => isOwnRoot(named, key)) === true,
  );
}
