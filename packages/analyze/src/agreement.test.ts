/**
 * Compares the evaluator with `@cloud-copilot/iam-simulate` on random projects: their answers may differ only by the known differences.
 * Also checks that an answer given while something is unknown stays correct, whatever the unknown value is.
 */
import { join } from 'node:path';
import type { Program } from '@keywright/core/ir/program';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildPicture } from './build-picture.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { findPrincipals } from './find.ts';
import type { Picture } from './picture.ts';
import type { Principal } from './principal.ts';
import type { Request } from './request.ts';
import {
  anyCircumstances,
  anyProject,
  type Circumstances,
  compileAny,
  operations,
  requesters,
} from './testing/any-access.ts';
import { principalOf as principalOfRow, programOfRow, type Row, readTable } from './testing/decision-table.ts';
import { deployPolicies } from './testing/deployed-policies.ts';
import { type JudgedRequest, judge, judgeAsked } from './testing/iam-simulate.ts';
import { knownCircumstances } from './testing/known-circumstances.ts';
import { type KnownDifference, knownDifferences, stripped } from './testing/known-differences.ts';
import { shown } from './value/value.ts';

const runs = Number(process.env.KEYWRIGHT_RUNS ?? 60);
const question = fc.record({
  key: fc.nat(),
  requester: fc.constantFrom(...requesters),
  operation: fc.constantFrom(...operations),
  circumstances: anyCircumstances,
});

function settled(program: Program): Program {
  const environment = { name: 'settled', account: '111122223333', region: 'eu-west-1', partition: 'aws' };
  return {
    ...program,
    stacks: program.stacks.map((stack) =>
      stack.environment.account === undefined ? { ...stack, environment } : stack,
    ),
  };
}

function principalOf(picture: Picture, requester: string): Principal {
  const [stack, type, name] = requester.startsWith('arn:') ? [] : requester.split('/');
  const [principal] = findPrincipals(picture, type === undefined ? requester : `${stack}.${name}`);
  if (principal === undefined) throw new Error(`nobody is called ${requester}`);
  return principal;
}

function requestOf(picture: Picture, judged: JudgedRequest): Request {
  const key = picture.keysById.get(judged.key.id);
  if (key === undefined) throw new Error(`there is no ${judged.key.id}`);
  return {
    principal: principalOf(picture, judged.requester),
    action: `kms:${judged.operation}`,
    key,
    ...knownCircumstances(judged),
  };
}

function judgedOf(
  program: Program,
  { key, ...rest }: { key: number; requester: string; operation: string; circumstances: Circumstances },
): JudgedRequest {
  const deployed = deployPolicies(program);
  const picked = deployed.keys[key % deployed.keys.length];
  if (picked === undefined) throw new Error('the project has no key');
  return { deployed, key: picked, ...rest };
}

async function agree(
  program: Program,
  judged: JudgedRequest,
  differences: readonly KnownDifference[],
): Promise<boolean> {
  const changed = stripped(program, differences);
  const deployed = deployPolicies(changed);
  const key = deployed.keys.find(({ id }) => id === judged.key.id) ?? judged.key;
  const asked = { ...judged, deployed, key };
  const picture = buildPicture(changed);
  const ours = decide(picture, requestOf(picture, asked));
  const theirs = await judge(asked, Object.assign({}, ...differences.map((difference) => difference.judge)));
  return ours.possible.includes(theirs);
}

/** The smallest set of known differences that explains why the answers differ. */
async function reasonOf(program: Program, judged: JudgedRequest): Promise<readonly KnownDifference[] | undefined> {
  const candidates = knownDifferences.filter((difference) => difference.applies?.(judged) === true);
  const subsets = Array.from({ length: 2 ** candidates.length }, (_, bits) =>
    candidates.filter((_candidate, index) => (bits >> index) % 2 === 1),
  ).sort((one, other) => one.length - other.length);
  for (const subset of subsets.slice(1)) if (await agree(program, judged, subset)) return subset;
  return undefined;
}

test('the evaluator agrees with iam-simulate, except for known differences', { timeout: 120_000 }, async () => {
  const counts = new Map<string, number>();
  const count = (name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  await fc.assert(
    fc.asyncProperty(anyProject, fc.array(question, { minLength: 12, maxLength: 12 }), async (project, questions) => {
      const compiled = compileAny(project);
      if (compiled === undefined) {
        count('not a valid project');
        return;
      }
      const program = settled(compiled);
      const picture = buildPicture(program);
      for (const asked of questions) {
        const judged = judgedOf(program, asked);
        const ours = decide(picture, requestOf(picture, judged));
        const theirs = await judge(judged);
        count(`answers ${ours.decision}`);
        if (ours.decision === theirs) count('agree');
        else if (ours.possible.includes(theirs)) count('open here, and theirs is possible');
        else {
          const reasons = await reasonOf(program, judged);
          expect({ asked, ours, theirs, explained: reasons !== undefined }).toMatchObject({ explained: true });
          for (const { name } of reasons ?? []) count(`differ: ${name}`);
        }
      }
    }),
    { numRuns: runs, seed: 20261124, endOnFailure: true },
  );
  console.log(Object.fromEntries([...counts].sort()));
  expect(counts.get('agree')).toBeGreaterThan(runs * 8);
});

/** Whether iam-simulate can judge a row: the row asks about one principal and an existing key, and the request is fully known. */
function canBeJudged({ request, is, expect: expected }: Row): boolean {
  const someone = /(^| )(account|anyone|group \w+)$|^o-/.test(request.principal);
  const elsewhere = is?.anywhere === true || is?.referred === true;
  return typeof expected === 'string' && !someone && !elsewhere && request.beyond === undefined;
}

async function askJudge(row: Row): Promise<string> {
  const deployed = deployPolicies(programOfRow(row));
  const key = deployed.keys.at(-1);
  if (key === undefined) throw new Error('a row has a key');
  const principal = principalOfRow(row.request.principal);
  const requester =
    principal.kind === 'service' ? shown(principal.host) : 'arn' in principal ? shown(principal.arn) : '';
  const [created = requester] = deployed.created.keys();
  const { action: operation, via = null, encryptionContext = {}, context = {} } = row.request;
  return judgeAsked({ deployed, key, requester: created, operation, via, encryptionContext }, context);
}

test('iam-simulate agrees with the table of decisions, except for known differences', async () => {
  const rows = readTable(join(import.meta.dirname, '../decisions'))
    .flatMap((file) => file.rows)
    .filter(canBeJudged);
  const different: Row[] = [];
  for (const row of rows) {
    const denied = row.request.context === undefined && JSON.stringify(row.key).includes('Deny');
    const answer = await askJudge(row);
    // The judge treats an unknown condition key as absent. It may therefore decide that a Deny applies where the evaluator leaves this
    // open.
    const same = answer === row.expect || (denied && row.expect === 'implicitDeny' && answer === 'explicitDeny');
    if (!same) different.push(row);
  }
  console.log({ asked: rows.length, different: different.length });
  expect(different.filter((row) => !knownDifferences.some(({ inRow }) => inRow(row))).map(({ rule }) => rule)).toEqual(
    [],
  );
  expect(knownDifferences.filter(({ inRow }) => !different.some(inRow)).map(({ name }) => name)).toEqual([]);
});

test('an answer about a partly known request still holds when more is known', { timeout: 120_000 }, () => {
  const hidden = fc.record({
    via: fc.boolean(),
    encryptionContext: fc.boolean(),
    keys: fc.array(fc.nat(20), { maxLength: 14 }),
  });
  const counts = new Map<string, number>();
  fc.assert(
    fc.property(
      anyProject,
      fc.array(fc.tuple(question, hidden), { minLength: 20, maxLength: 20 }),
      (project, questions) => {
        const compiled = compileAny(project);
        if (compiled === undefined) return;
        const program = settled(compiled);
        const picture = buildPicture(program);
        const anywhere = buildPicture(compiled);
        for (const [asked, hide] of questions) {
          const judged = judgedOf(program, asked);
          const whole = requestOf(picture, judged);
          const known = decide(picture, whole);
          const { via, encryptionContext, context = {}, ...rest } = whole;
          const partial = {
            ...rest,
            context: withoutSome(context, hide.keys),
            ...(!hide.via && via !== undefined && { via }),
            ...(!hide.encryptionContext && encryptionContext !== undefined && { encryptionContext }),
          };
          expectHolds(decide(picture, partial), known, asked);
          // The answer also stays correct if the account and the Region are known only at deployment.
          const key = anywhere.keysById.get(judged.key.id);
          if (key === undefined) throw new Error('the keys are the same');
          const undecided = decide(anywhere, { ...partial, key, principal: principalOf(anywhere, asked.requester) });
          expectHolds(undecided, known, asked);
          counts.set(undecided.decision, (counts.get(undecided.decision) ?? 0) + 1);
        }
      },
    ),
    { numRuns: runs, seed: 20261125, endOnFailure: true },
  );
  console.log(Object.fromEntries([...counts].sort()));
});

function withoutSome(
  context: NonNullable<Request['context']>,
  hidden: readonly number[],
): NonNullable<Request['context']> {
  return Object.fromEntries(Object.entries(context).filter((_, index) => !hidden.includes(index)));
}

/** Expects an answer to stay correct when more is known: its possible outcomes include all that are possible later. */
function expectHolds(less: Decision, more: Decision, asked: unknown): void {
  const outcomes = more.possible.every((outcome) => less.possible.includes(outcome));
  expect({ asked, less, more, outcomes }).toMatchObject({ outcomes: true });
}
