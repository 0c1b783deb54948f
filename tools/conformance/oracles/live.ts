/**
 * Live equality. Each project goes to fresh accounts of the emulator, once by each tool. What is read there through the
 * services is the same three times, and is what the IR says.
 */
import { type Moto, missingMoto, startMoto } from '../moto.ts';
import type { Oracle, Verdict } from '../oracle.ts';
import type { Subject } from '../subject.ts';
import { differences } from './live/compare.ts';
import { type Tool, tools } from './live/deploy.ts';
import { faults } from './live/faults.ts';
import { judgeCompiled, worldOf } from './live/judge.ts';
import type { Snapshot } from './live/snapshot.ts';
import { differencesFrom, type World, wantedOf } from './live/world.ts';
import type { Compiled } from './pulumi/compile.ts';
import { terraformMissing } from './terraform/run-terraform.ts';

/** Terraform has an emulator of its own: it takes as long as the other two together. */
let motos: { readonly terraform: Moto; readonly others: Moto };

async function judge(subject: Subject, compiled: Compiled): Promise<Verdict> {
  const wanted = wantedOf(subject);
  const { terraform, others } = motos;
  const underWay = worldOf(subject, wanted, 'terraform', compiled, terraform);
  const worlds = new Map<Tool, World | string>();
  for (const tool of tools) {
    const world = await (tool === 'terraform' ? underWay : worldOf(subject, wanted, tool, compiled, others));
    if (world !== undefined) worlds.set(tool, world);
  }
  if (worlds.size === 0) return { kind: 'outside', why: 'there is nothing to deploy' };
  const own = [...worlds].flatMap(([tool, world]) =>
    typeof world === 'string' ? [world] : differencesFrom(subject, wanted, tool, world),
  );
  const details = [...own, ...pairwise([...worlds])];
  return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
}

function pairwise(worlds: readonly (readonly [string, World | string])[]): readonly string[] {
  return worlds.flatMap(([left, one], index) =>
    worlds.slice(index + 1).flatMap(([right, other]) => {
      if (typeof one === 'string' || typeof other === 'string') return [];
      return differences([left, right], [readOf(one), readOf(other)]);
    }),
  );
}

/** What the services say. */
function readOf({ snapshot: { things, madeUp } }: World): Snapshot {
  return { things: things.filter(({ kind }) => kind !== 'told'), madeUp };
}

export const oracle: Oracle = {
  name: 'live',
  generated: 130,
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
    await motos.terraform.stop();
    await motos.others.stop();
  },
  faults,
};
