/**
 * Tests Pulumi. The compiler checks the programs with their tsconfig.json and the real @pulumi/aws. Then each program runs under Pulumi's
 * mocks, the resources that it requests are created in the emulator, and the contents of the accounts are compared with the IR.
 */

import { judgeCompiled, worldOf } from '../kit/accounts/world-of-tool.ts';
import { type Moto, missingMoto, startMoto } from '../kit/moto/start-moto.ts';
import type { Compiled } from '../kit/pulumi/compile.ts';
import { withSomeDeployments } from '../kit/with-some-deployments.ts';
import type { Oracle, Verdict } from '../oracle.ts';
import type { Subject } from '../subject.ts';
import { faults } from './pulumi/faults.ts';

let moto: Moto;

async function judge(subject: Subject, compiled: Compiled): Promise<Verdict> {
  const world = await worldOf(withSomeDeployments(subject), 'pulumi', compiled, moto);
  if (world === undefined) return { kind: 'outside', why: 'nothing is for Pulumi' };
  const details = typeof world === 'string' ? [world] : world.differences;
  return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
}

export const oracle: Oracle = {
  generated: 15,
  missing: missingMoto,
  async open() {
    moto = await startMoto();
  },
  async judge(subject) {
    const [verdict] = await judgeCompiled([subject], judge);
    return verdict ?? { kind: 'disagreed', details: ['there is no verdict'] };
  },
  judgeAll: (subjects) => judgeCompiled(subjects, judge),
  close: () => moto.stop(),
  faults,
};
