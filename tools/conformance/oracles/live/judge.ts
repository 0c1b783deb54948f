/** What the oracles `pulumi` and `live` do alike. */
import { createHash } from 'node:crypto';
import type { Program } from '@keywright/core/ir/program';
import type { Moto } from '../../moto.ts';
import type { Verdict } from '../../oracle.ts';
import type { Subject } from '../../subject.ts';
import { type Compiled, compilePrograms } from '../pulumi/compile.ts';
import { pulumiDeployer } from '../pulumi/deploy.ts';
import { cfnDeployer } from './cfn.ts';
import type { Cloud } from './cloud.ts';
import { assignTools, type StackDeployer, type Tool } from './deploy.ts';
import { withTerraform } from './terraform.ts';
import { type Deployers, deployWorld, type Wanted, type World } from './world.ts';

/** Compiles the programs of all subjects at once, and judges them one after the other. */
export async function judgeCompiled(
  subjects: readonly Subject[],
  judge: (subject: Subject, compiled: Compiled) => Promise<Verdict>,
): Promise<readonly Verdict[]> {
  const compiled = await compilePrograms(subjects);
  const verdicts: Verdict[] = [];
  for (const [index, subject] of subjects.entries()) {
    const own = compiled[index];
    if (own === undefined) throw new Error('there are as many as there are subjects');
    verdicts.push(await judge(subject, own));
  }
  return verdicts;
}

/** What deployments came to, by project and then by the files that were deployed: a fault is in those of one tool. */
const known = new WeakMap<Program, Map<string, World | string>>();

/** The world of a tool; text for why there is none; undefined if it has nothing to deploy. */
export async function worldOf(
  subject: Subject,
  wanted: Wanted,
  tool: Tool,
  compiled: Compiled,
  moto: Moto,
): Promise<World | string | undefined> {
  const { program, files } = subject;
  const assigned = assignTools(program, tool);
  if (assigned === undefined) return undefined;
  const used = new Set<string>(assigned.values());
  const deployed = [...files].filter(([path]) => used.has(path.split('/')[0] ?? ''));
  const key = createHash('sha256')
    .update(JSON.stringify([tool, deployed]))
    .digest('hex');
  const worlds = known.get(program) ?? new Map<string, World | string>();
  known.set(program, worlds);
  const world = worlds.get(key) ?? (await deployedBy(tool, used.has('terraform'), subject, wanted, compiled, moto));
  if (world !== undefined) worlds.set(key, world);
  return world;
}

async function deployedBy(
  tool: Tool,
  needsTerraform: boolean,
  subject: Subject,
  wanted: Wanted,
  { code }: Compiled,
  moto: Moto,
): Promise<World | string | undefined> {
  const deploy = (deployers: Deployers) => deployWorld(subject, wanted, tool, deployers, moto);
  const others = (cloud: Cloud) => ({ cfn: cfnDeployer(subject, cloud), pulumi: pulumiDeployer(subject, cloud, code) });
  try {
    if (!needsTerraform) return await deploy((_, cloud) => ({ ...others(cloud), terraform: notOurs }));
    // There are accounts only when the world is there, which is when Terraform comes to need them.
    let accounts: Cloud | undefined;
    const accountsThen: Cloud = (place) => {
      if (accounts === undefined) throw new Error('there are no accounts yet');
      return accounts(place);
    };
    return await withTerraform(subject, accountsThen, (terraform) =>
      deploy((_, cloud) => {
        accounts = cloud;
        return { ...others(cloud), terraform };
      }),
    );
  } catch (error) {
    return `${tool} cannot deploy it: ${error}`;
  }
}

const notOurs: StackDeployer = async ({ name }) => {
  throw new Error(`${name} is not for Terraform`);
};
