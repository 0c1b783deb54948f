/**
 * A key policy in the words of a target. All targets mean the same by it; what differs is how they name what the deployment
 * decides: `!GetAtt`, `aws_iam_role.…`, a constant.
 */
import type { PlacedKey } from '@keywright/analyze/who-can/keys-asked';
import { optionsOf } from '../output/generate.ts';
import type { OpenProject } from './who-can-question.ts';

export interface PolicyText {
  readonly text: string;
  /** What a comment of that language starts with. */
  readonly comment: string;
}

export async function policyInTarget(name: string, key: PlacedKey, project: OpenProject): Promise<PolicyText> {
  const print = printers[name];
  if (print === undefined) throw new Error(`nothing prints a policy for ${name}`);
  return print(key, project);
}

const printers: Readonly<Record<string, (key: PlacedKey, project: OpenProject) => Promise<PolicyText>>> = {
  async cfn({ stack, resource }) {
    const { planTemplates } = await import('@keywright/emit-cfn/template/plan');
    const { lowerPolicy } = await import('@keywright/emit-cfn/template/lower');
    const { yamlAfterKey } = await import('@keywright/emit-cfn/print/yaml');
    // A replica is in the template of its own region.
    const plan = planTemplates(stack).find(({ resources }) => resources.includes(resource));
    if (plan === undefined) throw new Error(`no template of ${stack.name} has ${resource.id}`);
    return { text: yamlAfterKey(lowerPolicy(resource.policy, plan.scope), 0).trimStart(), comment: '#' };
  },
  async terraform({ stack, resource }, { compilation }) {
    const { target } = await import('@keywright/emit-terraform/target');
    const { createReferences } = await import('@keywright/emit-terraform/view/references');
    const { layOut } = await import('@keywright/emit-terraform/print/layout');
    const options = target.options.parse(optionsOf(target, compilation, {}));
    const text = createReferences(stack, options).writer().policy(resource.policy);
    return { text: layOut(text).trimEnd(), comment: '#' };
  },
  async pulumi({ stack, resource }) {
    const { createConstants } = await import('@keywright/emit-pulumi/view/constants');
    const { createReferences } = await import('@keywright/emit-pulumi/view/references');
    const { printExpression } = await import('@keywright/emit-pulumi/print/code');
    const references = createReferences(stack, createConstants(stack));
    return { text: printExpression(references.writer().policy(resource.policy)), comment: '//' };
  },
};
