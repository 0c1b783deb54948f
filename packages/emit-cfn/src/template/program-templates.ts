import type { StackProgram } from '@keywright/core/emit/stack-programs';
import { planTemplates } from './plan.ts';
import { buildTemplate, type Template } from './template.ts';
import type { TemplatePlan } from './template-plan.ts';

export interface ProgramTemplate {
  readonly plan: TemplatePlan;
  readonly template: Template;
}

/** Cached: the list of deployments needs them too, and comparing hundreds of deployments is slow. */
const built = new WeakMap<StackProgram, readonly ProgramTemplate[]>();

/** The templates of a program, planned for its first deployment: its own region's, then its replicas'. */
export function templatesOf(program: StackProgram): readonly ProgramTemplate[] {
  const cached = built.get(program);
  if (cached !== undefined) return cached;
  const templates = planTemplates(program.deployments[0], program).map((plan) => ({
    plan,
    template: buildTemplate(plan),
  }));
  built.set(program, templates);
  return templates;
}
