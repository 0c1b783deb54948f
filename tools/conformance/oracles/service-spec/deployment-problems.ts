import type { DeploymentStep } from '../../../../packages/emit-cfn/src/deployment-steps.test-support.ts';
import { nameOf, type Template } from '../../kit/templates/templates.ts';
import { stackNameProblems } from './limit-problems.ts';

/**
 * Returns what would fail between templates that are deployed as deployments.json says: an import without an earlier export in the same
 * account and region, an export name that is in use already, or a parameter without a value.
 */
export function deploymentProblems(
  steps: readonly DeploymentStep[],
  templates: ReadonlyMap<string, Template>,
): readonly string[] {
  const problems: string[] = [];
  const exported: { readonly name: string; readonly step: DeploymentStep }[] = [];
  const outputs = new Set<string>();
  for (const step of steps) {
    const template = templates.get(nameOf(`cfn/${step.template}`));
    if (template === undefined) {
      problems.push(`deployments.json names ${step.template}, which is not there`);
      continue;
    }
    problems.push(...stackNameProblems(step.stack));
    if (steps.some((other) => other !== step && other.stack === step.stack && canMeet(other, step)))
      problems.push(`two stacks are called ${step.stack}`);
    const hasExport = (name: string) => exported.some((one) => one.name === name && canMeet(one.step, step));
    for (const name of importsOf(template)) {
      if (!hasExport(name)) problems.push(`${step.template} imports ${name}, which nobody exports there`);
    }
    for (const [name, { Default }] of Object.entries(template.Parameters ?? {})) {
      const source = step.parameters[name];
      if (Default === undefined && (source === undefined || !outputs.has(`${source.stack}/${source.output}`)))
        problems.push(`${step.template} has no value for its parameter ${name}`);
    }
    for (const [output, { Export }] of Object.entries(template.Outputs ?? {})) {
      outputs.add(`${step.stack}/${output}`);
      if (Export === undefined) continue;
      const name = String(Export.Name);
      if (hasExport(name)) problems.push(`two outputs are exported as ${name}`);
      exported.push({ name, step });
    }
  }
  return problems;
}

/** Whether two stacks can be in one account and region. An account or region that is unknown may equal any other. */
function canMeet(one: DeploymentStep, other: DeploymentStep): boolean {
  const agree = (a: string | undefined, b: string | undefined) => a === undefined || b === undefined || a === b;
  return agree(one.account, other.account) && agree(one.region, other.region);
}

function importsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === 'Fn::ImportValue' ? [String(part)] : importsOf(part)));
}
