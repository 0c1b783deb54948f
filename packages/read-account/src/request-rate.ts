import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The requests per second that KMS accepts from an account in a region, for each action that reading needs. Source: AWS KMS Developer
 * Guide, "Request quotas".
 */
const quotas = {
  'kms:ListKeys': 500,
  'kms:ListAliases': 500,
  'kms:DescribeKey': 2000,
  'kms:GetKeyPolicy': 1000,
  'kms:GetKeyRotationStatus': 1000,
  'kms:ListResourceTags': 2000,
  'kms:ListGrants': 100,
} as const;

export type KeyAction = keyof typeof quotas;

/** The share of a quota that is used in the long run. The rest is left to the workloads of the account. */
const share = 0.5;

/** Waits until another request of an action is allowed. */
type RequestRate = (action: KeyAction) => Promise<void>;

/** A monotonic clock, in milliseconds. */
interface Clock {
  now(): number;
  sleep(duration: number): Promise<unknown>;
}

const realClock: Clock = { now: () => performance.now(), sleep };

/**
 * Limits the requests to one account and region. After a pause, the requests of a whole second may be made at once, so no second has more
 * than twice the share, which is the quota. An account with a few dozen keys never waits.
 */
export function createRequestRate(clock = realClock): RequestRate {
  /** For each action, the time when all requests so far would be done at the long-run rate. */
  const spent = new Map<KeyAction, number>();
  return async (action) => {
    const interval = 1000 / (quotas[action] * share);
    const start = clock.now();
    const over = Math.max(start, spent.get(action) ?? 0) + interval;
    spent.set(action, over);
    const wait = over - start - 1000;
    if (wait > 0) await clock.sleep(wait);
  };
}
