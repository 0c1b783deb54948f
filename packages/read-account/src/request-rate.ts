import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How many requests a second KMS takes of an account in a region, for each action that reading needs. Source: AWS KMS Developer Guide,
 * "Request quotas".
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

/** The part of a quota that is used in the long run. The rest is for what works in the account. */
const share = 0.5;

/** Waits until one more request of an action may be made. */
type RequestRate = (action: KeyAction) => Promise<void>;

/** A clock that nobody sets, in milliseconds. */
interface Clock {
  now(): number;
  sleep(duration: number): Promise<unknown>;
}

const realClock: Clock = { now: () => performance.now(), sleep };

/**
 * The rate of one account and region. After a pause, as many requests as a second gives may come at once, so that no second sees more than
 * twice the share, which is the quota; an account with a few dozen keys waits for nothing.
 */
export function createRequestRate(clock = realClock): RequestRate {
  /** When all that was let through would be over at the long-run rate. */
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
