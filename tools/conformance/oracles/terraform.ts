import type { Stack } from '@keywright/core/ir/program';
import { inParallel } from '@keywright/lookup/in-parallel';
import { createMemoryCloud } from '../kit/terraform/memory-cloud.ts';
import { contradictionsIn } from '../kit/terraform/plugin/known-facts.ts';
import { awsSchema } from '../kit/terraform/plugin/schema.ts';
import { serve } from '../kit/terraform/plugin/server.ts';
import { terraformMissing } from '../kit/terraform/run-terraform.ts';
import { withWorkspace } from '../kit/terraform/workspace.ts';
import { withSomeDeployments } from '../kit/with-some-deployments.ts';
import type { Oracle, Verdict } from '../oracle.ts';
import type { Subject } from '../subject.ts';
import { checkBlocks } from './terraform/blocks.ts';
import { checkChanges } from './terraform/changes.ts';
import { createCloserLook } from './terraform/closer-look.ts';
import { deployAndCompare } from './terraform/deploy.ts';
import { faults } from './terraform/faults.ts';
import { type Finding, together } from './terraform/finding.ts';
import { checkBackends, checkProvider5 } from './terraform/options.ts';

const schema = awsSchema();

/**
 * Tests with the real core of Terraform, and a test double of the provider. The schema of the AWS provider must accept the modules of every
 * subject, and the modules are applied. Terraform's state must then contain what the IR says.
 */
export const oracle: Oracle = {
  generated: 15,
  missing: terraformMissing,
  async open() {
    const problems = contradictionsIn(schema);
    if (problems.length > 0) throw new Error(`the bindings of the AWS provider are misread: ${problems.join(', ')}`);
  },
  judge: (subject) => judge(withSomeDeployments(subject), []),
  judgeAll,
  faults,
};

/** Judges two subjects at a time, since Terraform often waits for the test double. */
function judgeAll(all: readonly Subject[]): Promise<readonly Verdict[]> {
  const subjects = all.map((subject) => withSomeDeployments(subject));
  const isFresh = createCloserLook();
  const close = subjects.map(({ program }) => program.stacks.filter(isForTerraform).filter(isFresh));
  return inParallel(subjects, 2, (subject, index) => judge(subject, close[index] ?? []));
}

/** Judges a subject. `close` has the stacks for which everything is checked. */
async function judge(subject: Subject, close: readonly Stack[]): Promise<Verdict> {
  if (!subject.program.stacks.some(isForTerraform)) return { kind: 'outside', why: 'nothing is for Terraform' };
  const { problems, departures } = await withWorkspace(subject.files, (folder) => check(subject, close, folder));
  if (problems.length > 0) return { kind: 'disagreed', details: problems };
  return departures.length > 0 ? { kind: 'explained', departures } : { kind: 'agreed' };
}

async function check(subject: Subject, close: readonly Stack[], folder: string): Promise<Finding> {
  const cloud = createMemoryCloud();
  const server = await serve({ schema, cloud });
  try {
    const { differences, applied } = await deployAndCompare(subject.program, folder, cloud, server.reattach);
    if (differences.length > 0) return { problems: differences, departures: [] };
    const findings: Finding[] = [];
    for (const stack of close) {
      const state = applied.get(stack.name)?.state;
      if (state === undefined) continue;
      findings.push(await checkBlocks(stack, state, folder, server.reattach));
      findings.push(await checkChanges(stack, folder, schema, server.reattach));
    }
    if (close.length > 0) findings.push(await checkBackends(subject, schema));
    if (subject.kind !== 'generated') findings.push(await checkProvider5(subject, schema));
    return together(findings);
  } finally {
    server.close();
  }
}

function isForTerraform({ targets }: Stack): boolean {
  return targets.includes('terraform');
}
