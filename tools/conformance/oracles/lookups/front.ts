import {
  kmsAnswer,
  type Reply,
  type ServerCall,
  type ServerRequest,
  startAwsServer,
} from '../../../../packages/lookup/src/aws-server.test-support.ts';
import type { Call, Seen } from './case.ts';

/** Answers a call instead of moto, and may ask moto for its answer. If it returns `undefined`, moto answers. */
export type Mood = (call: ServerCall, moto: () => Promise<Reply>) => MoodAnswer | Promise<MoodAnswer>;

type MoodAnswer =
  | { readonly reply: Reply /** The call has to be made again. */; readonly troubled: boolean }
  | undefined;

export interface Front {
  /** The value for AWS_ENDPOINT_URL. */
  readonly url: string;
  /** Returns the calls since `take` was last called. */
  take(): Pick<Seen, 'calls' | 'atOnce'>;
  setMood(mood: Mood): void;
  close(): Promise<void>;
}

/**
 * Starts a server in front of moto. It passes each call on and counts it. It returns a list of aliases in pages, which moto does not.
 *
 * @param mostPerPage the maximum number of aliases on a page, even if more are requested
 */
export async function startFront(moto: string, mood: Mood, mostPerPage = 100): Promise<Front> {
  let current = mood;
  let calls: Call[] = [];
  const underWay = new Map<string, number>();
  let atOnce = { place: 0, all: 0 };
  const server = await startAwsServer();
  server.answer = async (call, request) => {
    // After it has assumed a role, a client has a separate access key in each place. Until then, all places share one access key.
    const place = call.action.startsWith('kms:') ? `${call.region} ${call.accessKeyId}` : 'sts';
    underWay.set(place, (underWay.get(place) ?? 0) + 1);
    const all = [...underWay.values()].reduce((sum, count) => sum + count, 0);
    const here = place === 'sts' ? 0 : (underWay.get(place) ?? 0);
    atOnce = { place: Math.max(atOnce.place, here), all: Math.max(atOnce.all, all) };
    const ask = async () => page(call, await forwarded(moto, request), mostPerPage);
    const answer = await current(call, ask);
    calls.push({ ...pick(call), troubled: answer?.troubled ?? false });
    const reply = answer?.reply ?? (await ask());
    underWay.set(place, (underWay.get(place) ?? 0) - 1);
    return reply;
  };
  return {
    url: server.url,
    take() {
      const taken = { calls, atOnce };
      calls = [];
      atOnce = { place: 0, all: 0 };
      return taken;
    },
    setMood(next) {
      current = next;
    },
    close: () => server.close(),
  };
}

function pick({ action, region, accessKeyId, input }: ServerCall): Omit<Call, 'troubled'> {
  return { action, region, accessKeyId, about: String(input.KeyId ?? input.RoleArn ?? '*') };
}

async function forwarded(moto: string, { headers, body }: ServerRequest): Promise<Reply> {
  const kept = ['authorization', 'content-type', 'x-amz-date', 'x-amz-security-token', 'x-amz-target'].flatMap(
    (name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value] as [string, string]] : [];
    },
  );
  const response = await fetch(moto, { method: 'POST', headers: kept, body });
  const type = response.headers.get('content-type') ?? '';
  return { kind: 'answer', status: response.status, type, body: await response.text() };
}

/** Returns the requested page of a list of aliases. */
function page({ action, input }: ServerCall, whole: Reply, mostPerPage: number): Reply {
  if (action !== 'kms:ListAliases' || whole.kind !== 'answer' || whole.status !== 200) return whole;
  const { Aliases: aliases } = JSON.parse(whole.body);
  const start = Number(/^after-(\d+)$/.exec(String(input.Marker))?.[1] ?? 0);
  const end = start + Math.min(Number(input.Limit ?? 50), mostPerPage);
  const truncated = end < aliases.length;
  return kmsAnswer({
    Aliases: aliases.slice(start, end),
    Truncated: truncated,
    ...(truncated && { NextMarker: `after-${end}` }),
  });
}
