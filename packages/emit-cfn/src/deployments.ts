import { hasParameters, type StackProgram } from '@keywright/core/emit/stack-programs';
import { isPrincipal } from '@keywright/core/ir/is-principal';
import type { Stack } from '@keywright/core/ir/program';
import { exportName } from '@keywright/core/stacks/export-name';
import { cloudFormationStackName, templateName } from './names.ts';
import { json } from './print/json.ts';
import type { Scope } from './template/lower.ts';
import { planTemplates } from './template/plan.ts';
import { templatesOf } from './template/program-templates.ts';
import type { PlannedParameter, TemplatePlan } from './template/template-plan.ts';
import { type MapValue, map, type Value } from './template/value.ts';

/**
 * Prints `deployments.json`: a step for each template, in an order in which they can be deployed. `template` is a path relative to the
 * file. `stack` is the name of the CloudFormation stack. `parameters` has an entry for each parameter without a default: a value, or the
 * output of a stack that provides the value. `after` names stacks of keywright.yaml that another tool deploys.
 */
export function deployments(
  stacks: readonly Stack[],
  programs: readonly StackProgram[],
  generator: string,
  fileOf: (templateName: string) => string,
): string {
  const here = new Map(stacks.map((stack) => [stack.name, cloudFormationStackName(stack.app, templateName(stack))]));
  const programOf = new Map(
    programs.flatMap((program) => {
      const scopes = hasParameters(program) ? templatesOf(program).map(({ plan }) => plan.scope) : [];
      return program.deployments.map(({ name }) => [name, { program, scopes }] as const);
    }),
  );
  const exported = new Map<string, Source>();
  const steps = stacks.flatMap((stack) => {
    const [main, ...replicas] = deploymentsOf(stack, programOf.get(stack.name));
    if (main === undefined) return [];
    for (const { name, exports } of main.plan.outputs) {
      if (exports === undefined) continue;
      exported.set(exportName(stack.app, stack.name, exports), {
        stack: main.plan.stackName,
        output: name,
      });
    }
    const dependsOn = stack.dependsOn.flatMap((name) => here.get(name) ?? []);
    const after = stack.dependsOn.filter((name) => !here.has(name));
    return [
      step(main, fileOf(main.plan.name), dependsOn, after, exported),
      ...replicas.map((replica) => step(replica, fileOf(replica.plan.name), [main.plan.stackName], [], exported)),
    ];
  });
  return `${json(
    map([
      ['madeBy', generator],
      ['steps', steps],
    ]),
  )}\n`;
}

/** A template in one deployment: the stack's own plan, and its values for the program's parameters. */
interface TemplateDeployment {
  readonly plan: TemplatePlan;
  readonly differences: readonly (readonly [name: string, value: string | number])[];
}

function deploymentsOf(
  stack: Stack,
  { program, scopes }: { readonly program?: StackProgram; readonly scopes: readonly Scope[] } = { scopes: [] },
): readonly TemplateDeployment[] {
  return planTemplates(stack, program).map((plan, index) => {
    const scope = scopes[index];
    const values = scope?.differences.valuesOf(stack) ?? new Map<string, never>();
    return { plan, differences: [...values].map(([name, value]) => [scope?.nameOf(name) ?? name, value] as const) };
  });
}

/** An output that provides the value of a parameter, and the CloudFormation stack of that output. */
interface Source {
  readonly stack: string;
  readonly output: string;
}

function outputValue({ stack, output }: Source): MapValue {
  return map([
    ['stack', stack],
    ['output', output],
  ]);
}

/**
 * Returns where the value of a parameter comes from; `undefined` for a parameter that CloudFormation resolves itself. `exported` has the
 * exports of earlier stacks, by export name.
 */
function sourceOf(
  parameter: PlannedParameter,
  exported: ReadonlyMap<string, Source>,
  isShared: boolean,
): MapValue | undefined {
  switch (parameter.kind) {
    case 'ssm':
      return isShared ? map([['value', parameter.parameterName]]) : undefined;
    case 'output':
      return outputValue({ stack: parameter.stackName, output: parameter.output });
    case 'export': {
      const source = exported.get(parameter.exportName);
      if (source === undefined) throw new Error(`no stack exports ${parameter.exportName}`);
      return outputValue(source);
    }
  }
}

function step(
  { plan, differences }: TemplateDeployment,
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
      map([
        ...plan.parameters.flatMap((parameter) => {
          const source = sourceOf(parameter, exported, hasParameters(plan.program));
          return source === undefined ? [] : [[parameter.name, source] as const];
        }),
        ...differences.map(([name, value]) => [name, map([['value', value]])] as const),
      ]),
    ],
  ]);
}

/** Returns the capabilities to acknowledge. Source: CloudFormation API reference, CreateStack, Capabilities. */
function capabilities({ resources }: TemplatePlan): readonly string[] {
  const principals = resources.filter(isPrincipal);
  if (principals.some(({ physicalName }) => physicalName !== undefined)) return ['CAPABILITY_NAMED_IAM'];
  const hasIam = principals.length > 0 || resources.some(({ kind }) => kind === 'identityPolicy');
  return hasIam ? ['CAPABILITY_IAM'] : [];
}
