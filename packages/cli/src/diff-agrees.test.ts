/**
 * Two programs are reported as equal if, and only if, nobody can tell them apart. Two judges that the comparison does not use check this.
 * One decides requests in which nothing is unknown; the other compares formulas for whole classes of requests.
 */
import { buildPicture } from '@keywright/analyze/build-picture';
import { decide } from '@keywright/analyze/decide';
import type { Decision } from '@keywright/analyze/decision';
import { describeOpen } from '@keywright/analyze/describe';
import { findPrincipals, principalsConcerning } from '@keywright/analyze/find';
import type { Picture } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import {
  anyProject as anyAccess,
  anyCircumstances,
  type Circumstances,
  compileAny,
  operations,
  requesters,
} from '@keywright/analyze/testing/any-access';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { literal } from '@keywright/core/ir/expression';
import type { PolicyDocument, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';
import type { Program, Resource } from '@keywright/core/ir/program';
import { kmsActions } from '@keywright/core/kms/actions';
import { covers } from '@keywright/core/policy/trust';
import { type AccessChange, comparePrograms } from '@keywright/migrate';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyProject } from './testing/any-project.ts';
import { compileFiles, projects } from './testing/projects.ts';

const numRuns = Number(process.env.KEYWRIGHT_RUNS ?? 60);
const seed = 20261127;

const examples = [...projects].flatMap(([name, files]) => {
  const { program, diagnostics } = compileFiles(files);
  return program === undefined || hasErrors(diagnostics) ? [] : [{ name, program }];
});

const anyProgram: fc.Arbitrary<Program> = fc
  .oneof(
    { weight: 3, arbitrary: anyAccess.map(compileAny) },
    {
      weight: 1,
      arbitrary: anyProject.map((project) => {
        const { program, diagnostics } = compileFiles({ 'keywright.yaml': JSON.stringify(project) });
        return hasErrors(diagnostics) ? undefined : program;
      }),
    },
  )
  .filter((program) => program !== undefined);

/** Changes a program's policies. `random(n)` returns a number from 0 to n - 1. */
type Edit = (document: PolicyDocument, resource: Resource, random: (below: number) => number) => PolicyDocument;

function edited(program: Program, edit: Edit, random: (below: number) => number): Program {
  const resourceWith = (resource: Resource): Resource => {
    switch (resource.kind) {
      case 'key':
      case 'replicaKey':
        return { ...resource, policy: edit(resource.policy, resource, random) };
      case 'identityPolicy':
        return { ...resource, document: edit(resource.document, resource, random) };
      case 'role':
        return { ...resource, assumeRolePolicy: edit(resource.assumeRolePolicy, resource, random) };
      default:
        return resource;
    }
  };
  return {
    ...program,
    stacks: program.stacks.map((stack) => ({ ...stack, resources: stack.resources.map(resourceWith) })),
  };
}

function shuffled<T>(list: readonly T[], random: (below: number) => number): readonly T[] {
  const left = [...list];
  return list.map(() => left.splice(random(left.length), 1)[0] as T); // takes exactly as many as each part needs
}

const each =
  (change: (statement: Statement, random: (below: number) => number) => readonly Statement[]): Edit =>
  (document, _, random) => ({
    ...document,
    statements: document.statements.flatMap((statement) => change(statement, random)),
  });

/** Splits a statement into a separate statement for each value of one list. */
const split = (part: 'actions' | 'principals' | 'resources') =>
  each((statement) => {
    const list: readonly unknown[] = statement[part] ?? [];
    return list.length < 2 ? [statement] : list.map((value) => ({ ...statement, [part]: [value] }));
  });

/** Changes that keep the meaning of a policy. */
const rewrites: Readonly<Record<string, Edit>> = {
  'statements in another order': (document, _, random) => ({
    ...document,
    statements: shuffled(document.statements, random),
  }),
  'lists in another order': each((statement, random) => [
    {
      ...statement,
      ...(statement.principals && { principals: shuffled(statement.principals, random) }),
      ...(statement.notPrincipals && { notPrincipals: shuffled(statement.notPrincipals, random) }),
      ...(statement.actions && { actions: shuffled(statement.actions, random) }),
      ...(statement.notActions && { notActions: shuffled(statement.notActions, random) }),
      ...(statement.resources && { resources: shuffled(statement.resources, random) }),
      conditions: shuffled(statement.conditions, random).map((condition) => ({
        ...condition,
        values: shuffled(condition.values, random),
      })),
    },
  ]),
  'a statement for each action': split('actions'),
  'a statement for each principal': split('principals'),
  'a statement for each resource': split('resources'),
  'statements written twice': each((statement) => [statement, statement]),
  'other Sids': each((statement, random) => [{ ...statement, sid: `Other${random(1000)}` }]),
  'an Id': (document) => ({ ...document, id: literal('other') }),
  'other case': each((statement) => [
    {
      ...statement,
      ...(statement.actions && { actions: statement.actions.map(otherCase) }),
      ...(statement.notActions && { notActions: statement.notActions.map(otherCase) }),
      conditions: statement.conditions.map((condition) => ({ ...condition, key: condition.key.toUpperCase() })),
    },
  ]),
  'wildcards written out': each((statement) => [
    { ...statement, ...(statement.actions && { actions: statement.actions.flatMap(writtenOut) }) },
  ]),
  'NotAction written out': each((statement) => {
    const { notActions, ...rest } = statement;
    if (notActions === undefined) return [statement];
    return [{ ...rest, actions: kmsActions.filter((action) => !notActions.some((not) => covers(not, action))) }];
  }),
  'accounts by their ids': each((statement) => [
    {
      ...statement,
      ...(statement.principals && { principals: statement.principals.map(byAccountId) }),
    },
  ]),
  'StringLike for StringEquals': each((statement) => [
    {
      ...statement,
      conditions: statement.conditions.map((condition) => {
        const isPlain = condition.values.every((value) => value.kind === 'literal' && !/[*?]|\$\{/.test(value.text));
        return isPlain
          ? { ...condition, operator: condition.operator.replace(/Equals(IfExists)?$/, likeOf) }
          : condition;
      }),
    },
  ]),
  'a statement for each value of a condition': each((statement) => {
    const [condition, ...others] = statement.conditions;
    if (condition === undefined || /not|forall/i.test(condition.operator)) return [statement];
    return condition.values.map((value) => ({
      ...statement,
      conditions: [{ ...condition, values: [value] }, ...others],
    }));
  }),
  'a condition for each value that is excluded': each((statement) => [
    {
      ...statement,
      conditions: statement.conditions.flatMap((condition) =>
        /not/i.test(condition.operator) && !/forany/i.test(condition.operator)
          ? condition.values.map((value) => ({ ...condition, values: [value] }))
          : [condition],
      ),
    },
  ]),
  'a narrower statement besides': each((statement) => [
    statement,
    {
      ...statement,
      conditions: [
        ...statement.conditions,
        { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: [literal('true')] },
      ],
    },
  ]),
};

function otherCase(action: string): string {
  return action.replace('kms:', 'KMS:').toUpperCase().replace(/D/g, 'd');
}

function writtenOut(pattern: string): readonly string[] {
  const all = kmsActions.filter((action) => covers(pattern, action));
  return all.length === 0 ? [pattern] : all;
}

function byAccountId(principal: PolicyPrincipal): PolicyPrincipal {
  if (principal.kind !== 'aws' || principal.arn.kind !== 'literal') return principal;
  const account = /^arn:aws:iam::(\d{12}):root$/.exec(principal.arn.text)?.[1];
  return account === undefined ? principal : { kind: 'aws', arn: literal(account) };
}

function likeOf(end: string): string {
  return end.replace('Equals', 'Like');
}

const numbers = fc.infiniteStream(fc.nat(1_000_000));
const randomOf = (stream: Iterator<number>) => (below: number) => (stream.next().value as number) % Math.max(1, below); // the stream never ends

test.each(examples)('$name equals itself', ({ name, program }) => {
  const again = compileFiles(projects.get(name) ?? {}).program as Program; // it compiled before
  expect(comparePrograms(program, again)).toEqual([]);
});

test.each(Object.entries(rewrites))('no change is reported for %s', { timeout: 120_000 }, (_, rewrite) => {
  fc.assert(
    fc.property(anyProgram, numbers, (program, stream) => {
      expect(comparePrograms(program, edited(program, rewrite, randomOf(stream)))).toEqual([]);
      expect(comparePrograms(edited(program, rewrite, randomOf(stream)), program)).toEqual([]);
    }),
    { numRuns: Math.ceil(numRuns / 6), seed },
  );
});

/** Changes that usually alter the meaning of a policy. */
const mutations: readonly ((statement: Statement, random: (below: number) => number) => readonly Statement[])[] = [
  () => [],
  (statement) => [{ ...statement, effect: statement.effect === 'Allow' ? 'Deny' : 'Allow' }],
  (statement) => [{ ...statement, conditions: statement.conditions.slice(1) }],
  (statement) => [
    {
      ...statement,
      conditions: [
        ...statement.conditions,
        { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: [literal('true')] },
      ],
    },
  ],
  (statement, random) => [
    {
      ...statement,
      conditions: statement.conditions
        .map((condition) => ({ ...condition, values: condition.values.slice(random(2)) }))
        .filter(({ values }) => values.length > 0),
    },
  ],
  (statement, random) => {
    const operators = [
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'ForAnyValue:StringEquals',
      'ForAllValues:StringEquals',
      'StringEqualsIfExists',
      'Null',
    ];
    const [first, ...others] = statement.conditions;
    return first === undefined
      ? []
      : [{ ...statement, conditions: [{ ...first, operator: operators[random(operators.length)] ?? '' }, ...others] }];
  },
  (statement) =>
    statement.principals === undefined
      ? []
      : [{ ...statement, principals: statement.principals.slice(1) }].filter(({ principals }) => principals.length > 0),
  (statement) =>
    statement.principals === undefined
      ? []
      : [
          {
            ...statement,
            principals: [...statement.principals, { kind: 'aws', arn: literal('arn:aws:iam::111122223333:role/One') }],
          },
        ],
  (statement) => (statement.principals === undefined ? [] : [{ ...statement, principals: [{ kind: 'anyone' }] }]),
  (statement) =>
    statement.actions === undefined ? [] : [{ ...statement, actions: [...statement.actions, 'kms:Decrypt'] }],
  (statement) => (statement.actions === undefined ? [] : [{ ...statement, actions: ['kms:Get*', 'kms:Encrypt'] }]),
  (statement) =>
    statement.resources === undefined
      ? []
      : [{ ...statement, resources: [literal('arn:aws:kms:*:111122223333:key/*')] }],
];

const mutated: Edit = (document, _, random) => {
  const place = random(document.statements.length);
  // Changes only one policy in three.
  if (random(3) > 0) return document;
  const mutation = mutations[random(mutations.length)];
  const statements = document.statements.flatMap((statement, index) =>
    index === place && mutation !== undefined ? mutation(statement, random) : [statement],
  );
  return { ...document, statements };
};

/**
 * Completes a request so that everything that conditions test is known, except condition keys that requests of such a principal never have.
 */
function concrete({ kind }: Principal, circumstances: Circumstances, isCreated: boolean) {
  const { via, encryptionContext, orgId, mfa, mfaAge, ip, time, tag, sourceArn, calledVia } = circumstances;
  const isService = kind === 'service';
  return {
    via,
    encryptionContext,
    beyond: 'nothing',
    context: {
      'aws:SourceIp': ip,
      'aws:CurrentTime': time,
      'kms:GrantOperations': circumstances.grantOperations,
      ...((via !== null || isService) && { 'kms:GrantIsForAWSResource': circumstances.forResource }),
      ...(via !== null && !isService && { 'aws:CalledVia': calledVia }),
      ...(isService
        ? { 'aws:SourceArn': sourceArn }
        : { 'aws:PrincipalOrgID': orgId, 'aws:MultiFactorAuthPresent': mfa, 'aws:MultiFactorAuthAge': mfaAge }),
      ...((kind === 'role' || kind === 'user') && !isCreated && { 'aws:PrincipalTag/team': tag }),
    },
  } as const;
}

function requesterIn(picture: Picture, requester: string): Principal | undefined {
  const [stack, , name] = requester.startsWith('arn:') ? [] : requester.split('/');
  return findPrincipals(picture, name === undefined ? requester : `${stack}.${name}`)[0];
}

/** Puts a decision into words, without its statements. */
function inWords({ decision, when }: Decision): string {
  return when === undefined ? decision : `if ${describeOpen(when)}`;
}

const total = { pairs: 0, equal: 0, changes: 0, requests: 0, differing: 0 };

test('a change is reported exactly if decisions differ', { timeout: 240_000 }, () => {
  const requests = fc.array(
    fc.record({
      requester: fc.constantFrom(...requesters),
      operation: fc.constantFrom(...operations),
      circumstances: anyCircumstances,
    }),
    { minLength: 60, maxLength: 60 },
  );
  fc.assert(
    fc.property(anyProgram, numbers, requests, (program, stream, asked) => {
      const other = edited(program, mutated, randomOf(stream));
      const changes = comparePrograms(program, other).filter((change) => change.rank === 'access');
      const [before, after] = [buildPicture(program), buildPicture(other)];
      total.pairs += 1;
      total.changes += changes.length;
      if (changes.length === 0) total.equal += 1;
      for (const { requester, operation, circumstances } of asked)
        expectFound({ requester, operation, circumstances }, before, after, changes);
      for (const change of changes) expectReal(change, before, after);
    }),
    { numRuns, seed },
  );
  console.log(total);
  expect(total.equal).toBeGreaterThan(numRuns / 20);
  expect(total.differing).toBeGreaterThan(numRuns / 2);
});

/** Expects a change to be reported, in the right direction, for every request that is decided differently. */
function expectFound(
  {
    requester,
    operation,
    circumstances,
  }: { readonly requester: string; readonly operation: string; readonly circumstances: Circumstances },
  before: Picture,
  after: Picture,
  changes: readonly AccessChange[],
): void {
  for (const key of before.keys) {
    const same = after.keysById.get(key.id);
    const [one, two] = [requesterIn(before, requester), requesterIn(after, requester)];
    if (same === undefined || one === undefined || two === undefined) continue;
    const request = { action: `kms:${operation}`, ...concrete(one, circumstances, !requester.startsWith('arn:')) };
    const old = decide(before, { ...request, principal: one, key }).decision;
    const now = decide(after, { ...request, principal: two, key: same }).decision;
    total.requests += 1;
    if (old === now) continue;
    total.differing += 1;
    const isAllowed = [old, now].includes('allow');
    const about = changes.filter(
      ({ actions, subjects }) =>
        // A changed Deny may be reported only for other operations.
        (!isAllowed || actions.includes(`kms:${operation}`)) &&
        subjects.some(
          ({ stack, kind, name }) =>
            kind === 'referredKey' || `${stack}.${name}`.replace(/@.*/, '') === `${key.stack}.${key.name}`,
        ),
    );
    const kinds = about.map(({ what }) => what);
    expect({ requester, operation, key: key.id, old, now, kinds }).toSatisfy(() => kinds.length > 0);
    if (now === 'allow')
      expect({ requester, operation, key: key.id, old, now, kinds }).toSatisfy(
        () => kinds.includes('gains') || kinds.includes('otherwise'),
      );
    if (old === 'allow')
      expect({ requester, operation, key: key.id, old, now, kinds }).toSatisfy(
        () => kinds.includes('loses') || kinds.includes('otherwise'),
      );
  }
}

/** Expects that the evaluator confirms each change of access to a key, for principals that policies name and for all others. */
function expectReal(change: AccessChange, before: Picture, after: Picture): void {
  const [subject] = change.subjects;
  // A decision does not include the conditions of a Deny if the request is not allowed anyway.
  if (subject?.stack === undefined || subject.kind === 'role' || change.what === 'denial') return;
  const keys = before.keys.filter(
    ({ stack, name }) => stack === subject.stack && (subject.name === name || subject.name.startsWith(`${name}@`)),
  );
  const seen = keys.some((key) => {
    const same = after.keysById.get(key.id);
    if (same === undefined) return true;
    const everyone = [...principalsConcerning(before, key), ...principalsConcerning(after, same)].map(
      ({ principal }) => principal,
    );
    const others: readonly Principal[] = [
      { kind: 'account', account: key.account },
      { kind: 'anyone' },
      { kind: 'service', host: 'stranger.amazonaws.com' },
    ];
    return [...everyone, ...others].some((principal) =>
      change.actions.some(
        (action) =>
          inWords(decide(before, { principal, action, key })) !==
          inWords(decide(after, { principal, action, key: same })),
      ),
    );
  });
  expect({ change, seen }).toMatchObject({ seen: true });
}
