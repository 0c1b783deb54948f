import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import type { SpecDatabase } from '@aws-cdk/service-spec-types';
import { templateProblems } from '../kit/templates/template-problems.ts';
import { deployedTemplates, parseTemplate, templateFiles } from '../kit/templates/templates.ts';
import type { Oracle, Verdict } from '../oracle.ts';
import type { Subject } from '../subject.ts';
import { problemsBeyondBytes, problemsBeyondLimits, subjectsAtLimits } from './service-spec/boundaries.ts';
import { deploymentProblems } from './service-spec/deployment-problems.ts';
import { faults } from './service-spec/faults.ts';
import { limitProblems } from './service-spec/limit-problems.ts';

let database: SpecDatabase | undefined;
/** Problems exactly at the limits. They are reported with the first subject, since no subject is that large. */
let atLimits: readonly string[] = [];

/**
 * Checks that every property of every template is in the specification of AWS's resource types with the right type, and that no required
 * property is missing. No template exceeds the limits of CloudFormation, which `check` ensures.
 */
export const oracle: Oracle = {
  generated: 500,
  missing: () => undefined,

  async open() {
    database = await loadAwsServiceSpec();
    const accepted = (await subjectsAtLimits()).flatMap((subject) =>
      problemsOf(subject).map((problem) => `${subject.name}: ${problem}`),
    );
    atLimits = [...accepted, ...problemsBeyondLimits(), ...(await problemsBeyondBytes())];
  },

  async judge(subject): Promise<Verdict> {
    const details = [...atLimits, ...problemsOf(subject)];
    atLimits = [];
    if (details.length > 0) return { kind: 'disagreed', details };
    if (templateFiles(subject).length === 0) return { kind: 'outside', why: 'no stack is for CloudFormation' };
    return { kind: 'agreed' };
  },

  faults,
};

function problemsOf(subject: Subject): readonly string[] {
  if (database === undefined) throw new Error('the oracle is not open');
  const problems: string[] = [];
  for (const file of templateFiles(subject)) {
    try {
      const template = parseTemplate(file);
      for (const problem of [...templateProblems(database, template), ...limitProblems(template, file.text)])
        problems.push(`${file.path}: ${problem}`);
    } catch (error) {
      problems.push(`${file.path}: ${String(error)}`);
    }
  }
  for (const form of ['yaml', 'json'] as const) {
    try {
      const { steps, templates } = deployedTemplates(subject, form);
      problems.push(...deploymentProblems(steps, templates));
      for (const [name, template] of templates)
        for (const problem of templateProblems(database, template)) problems.push(`${name}, as deployed: ${problem}`);
    } catch (error) {
      problems.push(`the templates in ${form}: ${String(error)}`);
    }
  }
  return problems;
}
