import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import {
  identityAnswer,
  keyAnswer,
  startAwsServer,
} from '../../../../../packages/lookup/src/aws-server.test-support.ts';
import type { Due, LookupCase, Seen } from '../case.ts';
import { type Options, type Running, workplaceOf } from '../command.ts';
import { contextText, type Entry } from '../entry.ts';
import { type LookedUpAlias, projectOf } from '../project.ts';
import { randomOf } from '../random.ts';

const account = '111122223333';
const regions = ['eu-central-1', 'eu-west-1', 'us-east-1'];
const wanted: readonly LookedUpAlias[] = regions.flatMap((region) =>
  Array.from({ length: 6 }, (_, index) => ({ account, region, alias: `alias/k${index}` })),
);
const project = projectOf(wanted).text;

/** The time that an answer takes, in milliseconds. As on a real network, a run then has many moments when it can be killed. */
const answerTime = 10;

function entryOf({ region, alias }: Pick<LookedUpAlias, 'region' | 'alias'>, keyId: string): Entry {
  const arn = `arn:aws:kms:${region}:${account}:key/${keyId}`;
  return {
    account,
    region,
    alias,
    keyId,
    arn,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: 'CUSTOMER',
    multiRegion: false,
  };
}

/** Entries for aliases that are not looked up. They make the file long, so that writing it takes time. */
const others = Array.from({ length: 500 }, (_, index) =>
  entryOf({ region: 'sa-east-1', alias: `alias/other-${index}` }, `other-${index}`),
);
const current = wanted.map((one) => entryOf(one, `new-${one.region}-${one.alias.slice(6)}`));
const whole = contextText([...others, ...current]);

/** Two ways to run: asking for everything again, or asking for what the file lacks. */
const ways = [
  {
    args: ['--refresh'],
    asked: wanted.length,
    old: contextText([...others, ...wanted.map((one) => entryOf(one, 'old'))]),
  },
  { args: [], asked: wanted.length - 3, old: contextText([...others, ...current.slice(0, 3)]) },
] as const;
type Way = (typeof ways)[number];

/** Matches a folder that a killed process may leave, and that the next run removes. Source: docs/lookups.md, "The context file". */
const remains = /^\.keywright-staging-\d+-\w+$/;

const wholeDue: Due = {
  ended: [0],
  problems: [],
  file: { kind: 'oneOf', texts: [whole] },
  calls: undefined,
};
const killedDue = ({ old }: Way): Due => ({
  // The process may have finished before it is killed.
  ended: ['SIGKILL', 0],
  problems: undefined,
  file: { kind: 'oneOf', texts: [old, whole] },
  beside: remains,
  calls: undefined,
});
const interruptedDue = ({ old }: Way): Due => ({
  // Before the process listens for Ctrl-C, Ctrl-C ends it at once, like any process.
  ended: [1, 'SIGINT', 0],
  problems: undefined,
  file: { kind: 'between', old, new: whole },
  calls: undefined,
});

/** A run that is ended before it has finished. */
export interface Ending {
  readonly name: string;
  readonly way: Way;
  readonly due: Due;
  readonly how:
    | {
        readonly kind: 'signal';
        readonly signal: NodeJS.Signals;
        /**
         * The signal is sent some time after the start of the run, or after its last answer. `part` is that time as a fraction of the whole
         * run, or of the time after the last answer.
         */
        readonly since: 'start' | 'lastAnswer';
        readonly part: number;
      }
    /** The process is killed before it makes change number `change` to the file system. */
    | { readonly kind: 'change'; readonly change: number };
}

/** More changes than any run makes. This is certain, because the last of these runs end before they are killed. */
const changes = 11;

/** Returns every way to end a run, the same for the same seed. */
export function endings(seed: number): readonly Ending[] {
  const random = randomOf(seed);
  const signals = (signal: NodeJS.Signals, word: string, spread: number, late: number, due: (way: Way) => Due) => [
    ...Array.from({ length: spread }, (_, index): Ending => {
      const part = (index + random()) / spread;
      const way = wayOf(index);
      const name = `${word}/${index}, ${Math.round(part * 100)} % into a run`;
      return { name, way, due: due(way), how: { kind: 'signal', signal, since: 'start', part } };
    }),
    ...Array.from({ length: late }, (_, index): Ending => {
      const way = wayOf(index);
      const name = `${word}/${spread + index}, after its last answer`;
      return { name, way, due: due(way), how: { kind: 'signal', signal, since: 'lastAnswer', part: random() } };
    }),
  ];
  return [
    ...signals('SIGKILL', 'killed', 60, 40, killedDue),
    ...signals('SIGINT', 'interrupted', 12, 4, interruptedDue),
    ...Array.from({ length: changes * ways.length }, (_, index): Ending => {
      const way = wayOf(index);
      const change = 1 + Math.floor(index / ways.length);
      const name = `killed/before change ${change}, ${way.args.join(' ') || 'without options'}`;
      return { name, way, due: killedDue(way), how: { kind: 'change', change } };
    }),
  ];
}

function wayOf(index: number): Way {
  return ways[index % 2 === 0 ? 0 : 1];
}

export interface Victims {
  /** Measures how long an undisturbed run takes in all, and after the last answer. */
  measure(): Promise<Times>;
  /** Starts a run and ends it. A second run then finishes the work. */
  end(ending: Ending, times: Times): Promise<LookupCase>;
  close(): Promise<void>;
}

/** The duration of a whole run and of the part after its last answer, in milliseconds. */
interface Times {
  readonly start: number;
  readonly lastAnswer: number;
}

export async function startVictims(): Promise<Victims> {
  const server = await startAwsServer();
  // Called on the last answer of a run, by the access key of the run.
  const onLastAnswer = new Map<string, () => void>();
  const answered = new Map<string, number>();
  server.answer = async ({ action, region, accessKeyId, input }) => {
    await after(answerTime);
    if (action === 'sts:GetCallerIdentity') return identityAnswer(account);
    const left = (answered.get(accessKeyId) ?? Number.NaN) - 1;
    answered.set(accessKeyId, left);
    if (left === 0) onLastAnswer.get(accessKeyId)?.();
    return keyAnswer(account, region, `new-${region}-${String(input.KeyId).slice('alias/'.length)}`);
  };

  const environmentOf = (way: Way, lastAnswer: () => void) => {
    const accessKeyId = `AKID${answered.size}`;
    answered.set(accessKeyId, way.asked);
    onLastAnswer.set(accessKeyId, lastAnswer);
    return { AWS_ENDPOINT_URL: server.url, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: 'secret' };
  };
  const seenOf = async ({ ended }: Running): Promise<Seen> => ({
    ...(await ended),
    calls: [],
    atOnce: { place: 0, all: 0 },
  });

  return {
    async measure() {
      const [way] = ways;
      const place = workplaceOf(project, way.old, '');
      const start = Date.now();
      let lastAnswer = start;
      const env = environmentOf(way, () => {
        lastAnswer = Date.now();
      });
      await place.start(way.args, { env }).ended;
      place.remove();
      return { start: Date.now() - start, lastAnswer: Date.now() - lastAnswer };
    },

    async end({ name, way, due, how }, times) {
      const place = workplaceOf(project, way.old, '');
      try {
        let running: Running | undefined;
        const end = (signal: NodeJS.Signals, milliseconds: number) =>
          void after(milliseconds).then(() => running?.signal(signal));
        const env = environmentOf(way, () => {
          if (how.kind === 'signal' && how.since === 'lastAnswer') end(how.signal, how.part * times.lastAnswer);
        });
        running = place.start(way.args, { env: { ...env, ...(how.kind === 'change' && killingBefore(how.change)) } });
        if (how.kind === 'signal' && how.since === 'start') end(how.signal, how.part * times.start);
        const first = { seen: await seenOf(running), due };
        const second = place.start(way.args, { env: environmentOf(way, () => {}) });
        return { name, runs: [first, { seen: await seenOf(second), due: wholeDue }] };
      } finally {
        place.remove();
      }
    },

    close: () => server.close(),
  };
}

function killingBefore(change: number): NonNullable<Options['env']> {
  const preloaded = join(import.meta.dirname, '../kill-at.cjs');
  return { NODE_OPTIONS: `--require ${JSON.stringify(preloaded)}`, KILL_AT: String(change) };
}
