import type { StackProgram } from '@keywright/core/emit/stack-programs';
import { planTemplates } from './plan.ts';
import { buildTemplate, type Template } from './template.ts';
import type { TemplatePlan } from './template-plan.ts';

export interface ProgramTemplate {
  readonly plan: TemplatePlan;
  readonly template: Template;
}

/**
 * Returns the templates of a program, planned for its first deployment: the template of the stack's own region, then the templates of its
 * replicas.
 */
export function templatesOf(program: StackProgram): readonly ProgramTemplate[] {
  return planTemplates(program.deployments[0], program).map((plan) => ({
    plan,
    template: buildTemplate(plan),
  }));
}
