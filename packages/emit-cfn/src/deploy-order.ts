import type { Stack } from '@keywright/core/ir/program';
import { cloudFormationStackName, templateName } from './names.ts';
import { json } from './print/json.ts';
import { planTemplates } from './template/plan.ts';
import type { PlannedParameter, TemplatePlan } from './template/template-plan.ts';
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
  const exported = new Map<string, Source>();
  const steps = stacks.flatMap((stack) => {
    const [main, ...replicas] = planTemplates(stack);
    if (main === undefined) return [];
    for (const { name, exportName } of main.outputs) {
      if (exportName !== undefined) exported.set(exportName, { stack: main.stackName, output: name });
    }
    const dependsOn = stack.dependsOn.flatMap((name) => here.get(name) ?? []);
    const after = stack.dependsOn.filter((name) => !here.has(name));
    return [
      step(main, fileOf(main.name), dependsOn, after, exported),
      ...replicas.map((replica) => step(replica, fileOf(replica.name), [main.stackName], [], exported)),
    ];
  });
  return `${json(
    map([
      ['madeBy', generator],
      ['steps', steps],
    ]),
  )}\n`;
}

/** Which output of which of the CloudFormation stacks is the value of a parameter. */
interface Source {
  readonly stack: string;
  readonly output: string;
}

/** `exported`: what the stacks before it export, by export name. Undefined for what CloudFormation reads by itself. */
function sourceOf(parameter: PlannedParameter, exported: ReadonlyMap<string, Source>): Source | undefined {
  switch (parameter.kind) {
    case 'ssm':
      return undefined;
    case 'output':
      return { stack: parameter.stackName, output: parameter.output };
    case 'export': {
      const source = exported.get(parameter.exportName);
      if (source === undefined) throw new Error(`no stack exports ${parameter.exportName}`);
      return source;
    }
  }
}

function step(
  plan: TemplatePlan,
  file: string,
  dependsOn: readonly string[],
  after: readonly string[],
  exported: ReadonlyMap<string, Source>,
): Value {
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
        plan.parameters.flatMap((parameter) => {
          const source = sourceOf(parameter, exported);
          if (source === undefined) return [];
          return [
            [
              parameter.name,
              map([
                ['stack', source.stack],
                ['output', source.output],
              ]),
            ],
          ];
        }),
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
