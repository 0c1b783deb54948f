import type { Stack } from '@keywright/core/ir/program';
import { cloudFormationStackName, templateName } from './names.ts';
import { json } from './print/json.ts';
import { planTemplates, type TemplatePlan } from './template/plan.ts';
import { map, type Value } from './template/value.ts';

/**
 * The text of `deploy-order.json`: a step for each template, in an order in which they can be deployed. `template` is
 * relative to the file; `stack` is what to call the CloudFormation stack; `parameters` says which output of which of these
 * stacks is the value of each parameter without a default; `after` names stacks of keywright.yaml that another tool deploys.
 */
export function deployOrder(
  stacks: readonly Stack[],
  generator: string,
  fileOf: (templateName: string) => string,
): string {
  const here = new Map(stacks.map((stack) => [stack.name, cloudFormationStackName(stack.app, templateName(stack))]));
  const steps = stacks.flatMap((stack) => {
    const [main, ...replicas] = planTemplates(stack);
    if (main === undefined) return [];
    const dependsOn = stack.dependsOn.flatMap((name) => here.get(name) ?? []);
    const after = stack.dependsOn.filter((name) => !here.has(name));
    return [
      step(main, fileOf(main.name), dependsOn, after),
      ...replicas.map((replica) => step(replica, fileOf(replica.name), [main.stackName], [])),
    ];
  });
  return `${json(
    map([
      ['madeBy', generator],
      ['steps', steps],
    ]),
  )}\n`;
}

function step(plan: TemplatePlan, file: string, dependsOn: readonly string[], after: readonly string[]): Value {
  return map([
    ['template', file],
    ['stack', plan.stackName],
    ['account', plan.environment.account],
    ['region', plan.environment.region],
    ['dependsOn', dependsOn],
    ['after', after.length === 0 ? undefined : after],
    ['capabilities', capabilities(plan)],
    [
      'parameters',
      map(
        plan.parameters.flatMap((parameter) =>
          parameter.kind === 'ssm'
            ? []
            : [
                [
                  parameter.name,
                  map([
                    ['stack', parameter.stackName],
                    ['output', parameter.output],
                  ]),
                ],
              ],
        ),
      ),
    ],
  ]);
}

/** Source: CloudFormation API reference, CreateStack, Capabilities: which resources have to be acknowledged, and how. */
function capabilities({ resources }: TemplatePlan): readonly string[] {
  const principals = resources.flatMap((resource) =>
    resource.kind === 'role' || resource.kind === 'user' || resource.kind === 'group' ? [resource] : [],
  );
  if (principals.some(({ physicalName }) => physicalName !== undefined)) return ['CAPABILITY_NAMED_IAM'];
  const hasIam = principals.length > 0 || resources.some(({ kind }) => kind === 'identityPolicy');
  return hasIam ? ['CAPABILITY_IAM'] : [];
}
