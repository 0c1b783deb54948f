import { setTimeout as after } from 'node:timers/promises';
import {
  kmsAnswer,
  kmsError,
  type Reply,
  type ServerCall,
  stsError,
} from '../../../../../packages/lookup/src/aws-server.test-support.ts';
import type { Mood } from '../front.ts';
import type { LookedUpAlias } from '../project.ts';
import { randomOf } from '../random.ts';
import { dueCalls, dueFile, type Situation, textOf } from '../situation.ts';
import { credentials, type World } from '../world.ts';
import { ofBase, ofData } from './wanted.ts';

/** Situations with servers that do not answer at once, or answer with something that was not requested. */
export function trouble(world: World, seed: number): readonly Situation[] {
  return [
    // The situations that wait longest come first.
    passes(world, 'trouble/an answer that never comes, once', silentOnce()),
    passes(world, 'trouble/throttling, and then answers', everyCall(1, throttling, kindOf)),
    passes(world, 'trouble/slow answers', slow(seed)),
    ...passing.map(([name, reply]) => passes(world, `trouble/${name}, and then answers`, everyCall(2, reply))),
    passes(world, 'trouble/something else for each call, and then an answer', mixed(seed)),
    ...lasting.map(([name, reply, code, attempts]) => lasts(world, name, reply, code, attempts)),
    ...pages(),
  ];
}

type Answering = (call: ServerCall) => Reply;

const isSts = ({ action }: ServerCall) => action.startsWith('sts:');
const message = 'not now';
const throttling: Answering = (call) =>
  isSts(call) ? stsError(400, 'Throttling', message) : kmsError(400, 'ThrottlingException', message);
const failing: Answering = (call) =>
  isSts(call) ? stsError(500, 'InternalFailure', message) : kmsError(500, 'KMSInternalException', message);
const unavailable: Answering = (call) =>
  isSts(call) ? stsError(503, 'ServiceUnavailable', message) : kmsError(503, 'DependencyTimeoutException', message);
const gateway: Answering = () => ({ kind: 'answer', status: 502, type: 'text/html', body: '<html>Bad Gateway</html>' });
const reset: Answering = () => ({ kind: 'reset' });
const cut: Answering = () => ({ kind: 'cut', body: '{"KeyMetadata": {"KeyId": "0' });

/** Temporary failures: each call gets such a reply twice, and then its answer. */
const passing: readonly (readonly [name: string, reply: Answering])[] = [
  ['an error inside', failing],
  ['an unavailable service', unavailable],
  ['a gateway that fails', gateway],
  ['resets', reset],
  ['bodies that are cut off', cut],
];

function everyCall(times: number, reply: Answering, sameAs = idOf): Mood {
  const tried = new Map<string, number>();
  return (call) => {
    const id = sameAs(call);
    const count = tried.get(id) ?? 0;
    tried.set(id, count + 1);
    return count < times ? { reply: reply(call), troubled: true } : undefined;
  };
}

function idOf({ action, region, input }: ServerCall): string {
  return JSON.stringify([action, region, input]);
}

/** Groups calls. With adaptive retries, it would take half a minute if each single call were throttled. */
function kindOf({ action, region }: ServerCall): string {
  return `${action} ${region}`;
}

/** Returns a failure for a call. The content of the call, and not the time of its arrival, decides which failure it gets and how often. */
function mixed(seed: number): Mood {
  const kinds = [failing, unavailable, gateway, reset, cut];
  const moods = new Map<string, Mood>();
  return (call, moto) => {
    const known = moods.get(idOf(call));
    if (known !== undefined) return known(call, moto);
    const random = randomOf(hashOf(idOf(call)) ^ seed);
    const mood = everyCall(Math.floor(random() * 4), kinds[Math.floor(random() * kinds.length)] ?? failing);
    moods.set(idOf(call), mood);
    return mood(call, moto);
  };
}

function hashOf(text: string): number {
  return [...text].reduce((hash, letter) => Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0), 7);
}

function slow(seed: number): Mood {
  return async (call, moto) => {
    await after(500 + randomOf(hashOf(idOf(call)) ^ seed)() * 1500);
    return { reply: await moto(), troubled: false };
  };
}

function silentOnce(): Mood {
  let isFirst = true;
  return ({ action }) => {
    if (action !== 'kms:DescribeKey' || !isFirst) return undefined;
    isFirst = false;
    return { reply: { kind: 'silence' }, troubled: true };
  };
}

/** Few aliases in one account and region, and many in another place, where pages are short. */
const wantedInTrouble: readonly LookedUpAlias[] = [
  ofBase('alias/shared'),
  ofBase('alias/orders'),
  ...Array.from({ length: 12 }, (_, index) => ofData(`alias/n${index}`, 'us-east-1')),
];

function passes(world: World, name: string, mood: Mood): Situation {
  return {
    name,
    wanted: wantedInTrouble,
    runs: [{ mood, due: dueFile(textOf(world, wantedInTrouble), dueCalls(world, wantedInTrouble)) }],
  };
}

const truncated: Answering = () => kmsText('{"KeyMetadata": {"KeyId": "0');
const page: Answering = () => ({ kind: 'answer', status: 200, type: 'text/html', body: '<html>Sign in</html>' });

function kmsText(body: string): Reply {
  return { kind: 'answer', status: 200, type: 'application/x-amz-json-1.1', body };
}

/** Permanent failures: how they are reported, and after how many attempts if three are allowed. */
const lasting: readonly (readonly [name: string, reply: Answering, code: string, attempts: number])[] = [
  ['throttling', throttling, 'KW5109', 3],
  ['an error inside', failing, 'KW5108', 3],
  ['resets', reset, 'KW5108', 3],
  ['bodies that are cut off', cut, 'KW5108', 3],
  ['answers that are whole and end in the middle', truncated, 'KW5108', 1],
  ['a page to sign in', page, 'KW5108', 1],
];

/** One region fails permanently. The answers of the other region are kept, and the next run asks for the rest. */
function lasts(world: World, name: string, reply: Answering, code: string, attempts: number): Situation {
  const [good, bad] = [[ofBase('alias/shared'), ofBase('alias/orders')], [ofBase('alias/shared', 'us-east-1')]];
  const wanted = [...good, ...bad];
  const mood: Mood = (call) =>
    call.region === 'us-east-1' && call.action === 'kms:DescribeKey'
      ? { reply: reply(call), troubled: false }
      : undefined;
  return {
    name: `trouble/${name}, without end`,
    wanted,
    runs: [
      {
        mood,
        env: {
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          AWS_MAX_ATTEMPTS: '3',
        },
        due: dueFile(
          textOf(world, good),
          { 'sts:GetCallerIdentity': [2, 2], 'kms:DescribeKey': [good.length + attempts, good.length + attempts] },
          { ended: [3], problems: [{ code, names: ['kms:DescribeKey', 'us-east-1', bad[0]?.account ?? ''] }] },
        ),
      },
      { due: dueFile(textOf(world, wanted), dueCalls(world, bad)) },
    ],
  };
}

function pages(): readonly Situation[] {
  const wanted = Array.from({ length: 12 }, (_, index) => ofBase(`alias/n${index}`));
  const managed = [ofBase('alias/aws/ebs')];
  const listing = (name: string, asked: readonly LookedUpAlias[], most: number, reply: Reply): Situation => ({
    name: `trouble/a list of aliases ${name}`,
    wanted: asked,
    runs: [
      {
        mood: ({ action }) => (action === 'kms:ListAliases' ? { reply, troubled: false } : undefined),
        due: dueFile(
          undefined,
          { 'sts:GetCallerIdentity': [1, 1], 'kms:ListAliases': [1, most] },
          { ended: [3], problems: [{ code: 'KW5108', names: ['kms:ListAliases'] }] },
        ),
      },
    ],
  });
  const aliases = [{ AliasName: 'alias/else', TargetKeyId: '0' }];
  return [
    listing('that ends in the middle', wanted, 1, kmsText('{"Aliases": [{"AliasName": "alias/n0", "Target')),
    listing('that goes on nowhere', wanted, 1, kmsAnswer({ Aliases: aliases, Truncated: true })),
    listing('that goes in a circle', managed, 2, kmsAnswer({ Aliases: aliases, Truncated: true, NextMarker: 'again' })),
  ];
}
