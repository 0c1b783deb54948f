/**
 * Tests `keywright import account` with an organization. The simulated service has latency, throttling, refusals and KMS's request quotas,
 * and the process is killed again and again. Runs only with `--long`.
 */

import { missingCommand } from '../kit/command.ts';
import type { Oracle, Verdict } from '../oracle.ts';
import { type FleetCase, faults, problemsOf } from './fleet/judge.ts';

export const oracle: Oracle<FleetCase> = {
  generated: 500,
  missing: missingCommand,
  async *cases(seed, _, generated) {
    const size = { seed, accounts: generated, keys: 20 };
    yield { ...size, name: 'fleet/asked once', kills: 0 };
    yield { ...size, name: 'fleet/killed again and again', kills: Math.ceil(generated / 5) };
  },
  async judge(fleet): Promise<Verdict> {
    const details = await problemsOf(fleet);
    return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
  },
  faults,
};
