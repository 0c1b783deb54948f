import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { visible } from '@keywright/core/source/visible';
import { readPlan } from '@keywright/migrate/adopt/read-plan';
import { verifyStep } from '@keywright/migrate/adopt/verify/verify';
import { refusal } from '../disk/system-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { shownPath } from '../project/locate.ts';
import { printReport } from '../report/report.ts';

/** Compares a tool's plan, read from a file, with what a step of the adoption plan in a folder expects. Exit code 1 if they differ. */
export async function adoptVerify([step, file, ...more]: readonly string[], out: string, io: Io): Promise<ExitCode> {
  if (step === undefined || !/^\d{1,4}$/.test(step) || file === undefined || more.length > 0)
    return wrongUsage(io, '--verify takes the number of a step and the file with its plan: --verify 2 adopt-plan.json');
  const planFile = join(resolve(io.cwd, out), 'steps', 'plan.json');
  const planText = readText(planFile);
  const shown = shownPath(io.cwd, planFile);
  if ('problem' in planText) {
    const advice = 'write the plan with `keywright adopt --from`, or name its folder with --out';
    return wrongUsage(io, `cannot read ${shown}: ${planText.problem}; ${advice}`);
  }
  const steps = readPlan(planText.text);
  if (steps === undefined) return wrongUsage(io, `${shown} is not a plan of \`keywright adopt\``);
  const expected = steps.get(Number(step));
  if (expected === undefined) return wrongUsage(io, `the plan has no step ${step}; it has 1 to ${steps.size}`);
  if (expected.expects === undefined) return wrongUsage(io, `step ${step} (${expected.title}) has nothing to check`);
  const text = readText(resolve(io.cwd, file));
  if ('problem' in text) return wrongUsage(io, `cannot read ${file}: ${text.problem}`);
  const diagnostics = verifyStep(expected.expects, file, parsed(text.text));
  if (diagnostics.length > 0) {
    await printReport('text', { diagnostics, sources: new Map(), root: io.cwd }, io, io.stderr);
    io.stdout.write(`${visible(`no: do not take step ${step} with ${file}`)}\n`);
    return 1;
  }
  io.stdout.write(`${visible(`yes: ${file} does what step ${step} expects, and nothing else`)}\n`);
  return 0;
}

function readText(path: string): { readonly text: string } | { readonly problem: string } {
  try {
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return { problem: refused.reason };
  }
}

/** Parses a text as JSON; `undefined` if it is not JSON and therefore not a plan. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
