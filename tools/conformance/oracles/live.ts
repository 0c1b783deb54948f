/**
 * Tests live equality. Each tool deploys each project to fresh accounts of the emulator. The services must then return the same for all
 * three tools, and the same as the IR says.
 */

import { differences } from '../kit/accounts/compare.ts';
import { type Tool, tools } from '../kit/accounts/plan.ts';
import type { World } from '../kit/accounts/world.ts';
import { judgeCompiled, worldOf } from '../kit/accounts/world-of-tool.ts';
import { type Moto, missingMoto, startMoto } from '../kit/moto/start-moto.ts';
import type { Compiled } from '../kit/pulumi/compile.ts';
import { terraformMissing } from '../kit/terraform/run-terraform.ts';
import { withSomeDeployments } from '../kit/with-some-deployments.ts';
import type { Oracle, Verdict } from '../oracle.ts';
import type { Subject } from '../subject.ts';
import { faults } from './live/faults.ts';

/** Terraform has a separate emulator, since it takes as long as the other two tools together. */
let motos: { readonly terraform: Moto; readonly others: Moto };

/** The projects for which all three tools have deployed the same stacks. */
const byAllThree = new Set<string>();

async function judge(whole: Subject, compiled: Compiled): Promise<Verdict> {
  const subject = withSomeDeployments(whole);
  const { terraform, others } = motos;
  const underWay = worldOf(subject, 'terraform', compiled, terraform);
  const worlds = new Map<Tool, World | string>();
  for (const tool of tools) {
    const world = await (tool === 'terraform' ? underWay : worldOf(subject, tool, compiled, others));
    if (world !== undefined) worlds.set(tool, world);
  }
  const stacks = [...worlds.values()].map((world) => (typeof world === 'string' ? undefined : world.stacks.join()));
  if (stacks.length === tools.length && new Set(stacks).size === 1) byAllThree.add(subject.name);
  if (worlds.size === 0) return { kind: 'outside', why: 'there is nothing to deploy' };
  const own = [...worlds.values()].flatMap((world) => (typeof world === 'string' ? [world] : world.differences));
  const details = [...own, ...pairwise([...worlds])];
  return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
}

/** Compares worlds that have the same stacks. If tools cannot deploy the same stacks, their worlds are compared only with the IR. */
function pairwise(worlds: readonly (readonly [string, World | string])[]): readonly string[] {
  return worlds.flatMap(([left, one], index) =>
    worlds.slice(index + 1).flatMap(([right, other]) => {
      if (typeof one === 'string' || typeof other === 'string') return [];
      if (one.stacks.join() !== other.stacks.join()) return [];
      return differences([left, right], [one.snapshot, other.snapshot]);
    }),
  );
}

export const oracle: Oracle = {
  generated: 15,
  missing: () => missingMoto() ?? terraformMissing(),
  async open() {
    motos = { terraform: await startMoto(), others: await startMoto() };
  },
  async judge(subject) {
    const [verdict] = await judgeCompiled([subject], judge);
    return verdict ?? { kind: 'disagreed', details: ['there is no verdict'] };
  },
  judgeAll: (subjects) => judgeCompiled(subjects, judge),
  async close() {
    const generated = [...byAllThree].filter((name) => name.startsWith('generated/')).length;
    console.log(`live: all three tools deployed ${byAllThree.size} projects alike, ${generated} of them generated`);
    await motos.terraform.stop();
    await motos.others.stop();
  },
  faults,
};
