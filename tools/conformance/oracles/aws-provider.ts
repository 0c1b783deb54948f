/**
 * Tests generated modules with the real AWS provider and an emulator of AWS. The modules are applied, a second plan must find nothing to
 * change, and the accounts must contain what the IR says. The same must hold after each of the most common changes. Keys made by hand move
 * from tool to tool.
 */

import { inParallel } from '@keywright/lookup/in-parallel';
import { missingCommand } from '../kit/command.ts';
import { type Moto, missingMoto, startMoto } from '../kit/moto/start-moto.ts';
import { awsProvider, providerMissing } from '../kit/terraform/find-provider.ts';
import { terraformMissing } from '../kit/terraform/run-terraform.ts';
import { type RunningProviders, startProviders } from '../kit/terraform/running-providers.ts';
import { withSomeDeployments } from '../kit/with-some-deployments.ts';
import type { Oracle, Verdict } from '../oracle.ts';
import { type Subject, subjects } from '../subject.ts';
import { keepingDescriptions, programsOf } from './aws-provider/changes.ts';
import { problemsOf, type Step } from './aws-provider/deploy.ts';
import { faults, faultsOfMoves, type ProviderCase } from './aws-provider/faults.ts';
import { groupsOf, standsAlone, stepOf } from './aws-provider/group.ts';
import { movesCases } from './aws-provider/moves.ts';

/**
 * The maximum number of linked root modules in a case; `--subject` runs larger cases too. Each module takes some ten seconds, and other
 * oracles that deploy judge the larger cases.
 */
const mostLinked = 3;

/**
 * The number of workers. They mostly wait: the provider repeatedly asks whether a new resource exists, for half a minute in each command.
 */
const workersAtOnce = 6;

/** The minimum number of examples and cases. An oracle that silently lost them would be worthless. */
const fewest = 65;

let providers: RunningProviders;
/** An emulator of AWS for each worker. */
let workers: readonly Moto[];
let free: Moto[];
const applied = new Set<string>();

/** Judges a case with a free worker. At most `workersAtOnce` cases are judged at once. */
async function judge({ subjects: names, steps }: ProviderCase): Promise<Verdict> {
  const worker = free.pop();
  if (worker === undefined) throw new Error('every worker is busy');
  const details = await problemsOf(steps, worker, providers).catch((error: unknown) => [String(error)]);
  free.push(worker);
  if (details.length > 0) return { kind: 'disagreed', details };
  for (const name of names) applied.add(name);
  return { kind: 'agreed' };
}

function majorVersion(): 5 | 6 {
  return awsProvider().version.startsWith('5.') ? 5 : 6;
}

async function* cases(text: string): AsyncGenerator<ProviderCase> {
  const major = majorVersion();
  const changed = async (name: string, which: RegExp): Promise<ProviderCase> => {
    const programs = await programsOf(which);
    const steps = programs.map((program, index): Step => {
      const step = stepOf(program, major);
      if (step === undefined) throw new Error(`the provider cannot have ${name}`);
      return { ...step, program: keepingDescriptions(program, programs[index - 1] ?? program) };
    });
    // Resources that the second step retains exist after the third step too.
    const [first, second, third] = steps;
    if (first === undefined || second === undefined || third === undefined) throw new Error('there are three steps');
    return {
      name,
      subjects: [],
      steps: [first, second, { ...third, program: keepingDescriptions(third.program, second.program) }],
    };
  };
  yield await changed(
    'changes/of descriptions, rotation periods and replicas',
    /description is removed|rotation period|replica/,
  );
  yield await changed('changes/all', /^/);
  yield movesCases((program) => stepOf(program, major)).short;
  const asksForOne = text !== '' && !text.startsWith('together');
  const linked: Subject[] = [];
  const alone: Subject[] = [];
  for await (const whole of subjects(0, 0)) {
    const subject = withSomeDeployments(whole, 1);
    if (asksForOne && !subject.name.includes(text)) continue;
    (standsAlone(subject) && !asksForOne ? alone : linked).push(subject);
  }
  const together = groupsOf(alone, major);
  const oneByOne = linked.flatMap(({ name, program }): readonly ProviderCase[] => {
    const step = stepOf(program, major);
    if (step === undefined) return [];
    const takesTooLong = step.roots.length > mostLinked && name.startsWith('cases/') && !asksForOne;
    return takesTooLong ? [] : [{ name, subjects: [name], steps: [step] }];
  });
  const names = new Set([...together, ...oneByOne].flatMap((each) => each.subjects));
  if (!asksForOne && names.size < fewest) throw new Error(`only ${names.size} examples and cases are for Terraform`);
  yield* together;
  yield* oneByOne;
}

const withProvider = {
  generated: 0,
  missing: () => missingMoto() ?? terraformMissing() ?? missingCommand() ?? providerMissing(),
  async open() {
    providers = await startProviders(awsProvider());
    workers = await Promise.all(Array.from({ length: workersAtOnce }, startMoto));
    free = [...workers];
  },
  faultsAtOnce: workersAtOnce,
  judge,
  judgeAll: (all: readonly ProviderCase[]) => inParallel(all, workersAtOnce, judge),
  async close() {
    const count = (kind: string) => [...applied].filter((name) => name.startsWith(kind)).length;
    console.log(
      `aws-provider: version ${awsProvider().version} applied ${count('examples/')} examples and ${count('cases/')} cases`,
    );
    await Promise.all([providers.stop(), ...workers.map((moto) => moto.stop())]);
  },
} satisfies Partial<Oracle<ProviderCase>>;

export const oracle: Oracle<ProviderCase> = { ...withProvider, cases: (_seed, text) => cases(text), faults };

export const moves: Oracle<ProviderCase> = {
  ...withProvider,
  async *cases() {
    yield* movesCases((program) => stepOf(program, majorVersion())).long;
  },
  faults: faultsOfMoves,
};
