/** Deploys projects for the oracles `pulumi` and `live`. */
import { createHash } from 'node:crypto';
import type { Program } from '@keywright/core/ir/program';
import type { Verdict } from '../../oracle.ts';
import type { Subject } from '../../subject.ts';
import type { Moto } from '../moto/start-moto.ts';
import { type Compiled, compilePrograms } from '../pulumi/compile.ts';
import { planFor, type Tool } from './plan.ts';
import { deployWorld, type World } from './world.ts';

/** Compiles the programs of all subjects at once, and judges one subject after the other. */
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

/**
 * Maps a program to a map from digests of a tool and its deployed files to the results of deployments. A fault is in the files of one tool,
 * so the results of other tools stay valid.
 */
const known = new WeakMap<Program, Map<string, World | string>>();

/** Returns the world that a tool deploys; a text if the deployment fails; `undefined` if there is nothing to deploy. */
export async function worldOf(
  subject: Subject,
  tool: Tool,
  { code, errors }: Compiled,
  moto: Moto,
): Promise<World | string | undefined> {
  const { program, files } = subject;
  const plan = planFor(program, tool);
  if (plan === undefined) return undefined;
  const used = new Set<string>(plan.toolOf.values());
  // Pulumi compiles a program before it runs it, so a program with errors fails.
  if (used.has('pulumi') && errors.length > 0) return `pulumi cannot run it: ${errors.join('\n')}`;
  const deployed = [...files].filter(([path]) => used.has(path.split('/')[0] ?? ''));
  const key = createHash('sha256')
    .update(JSON.stringify([tool, deployed]))
    .digest('hex');
  const worlds = known.get(program) ?? new Map<string, World | string>();
  known.set(program, worlds);
  const world = worlds.get(key) ?? (await deployWorld(subject, plan, tool, code, moto).catch(String));
  worlds.set(key, world);
  return typeof world === 'string' ? `${tool} cannot deploy it: ${world}` : world;
}
