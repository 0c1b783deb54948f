import { type AdoptStep, shellWord } from '@keywright/core/emit/adoption';
import type { AdoptInput, Adoption, GeneratedFile } from '@keywright/core/emit/emitter';
import { hasParameters } from '@keywright/core/emit/stack-programs';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { logicalIdOf } from '../names.ts';
import type { CfnOptions } from '../options.ts';
import { planTemplates } from '../template/plan.ts';
import { buildTemplate } from '../template/template.ts';
import type { TemplatePlan } from '../template/template-plan.ts';
import { jsonTemplate } from '../view/json-template.ts';
import { changeSetStep } from './change-set.ts';
import { type Identifier, identifierOf } from './identifier.ts';
import { knownText } from './known-text.ts';

/**
 * Adopts each template of a stack in two steps: a change set of type IMPORT, then a deployment of the generated template. The import gets
 * the identifiers of the resources, and a template that contains only these resources, each with a `DeletionPolicy`. That template has no
 * outputs, because an import may not add any. Source: CloudFormation User Guide, "Import AWS resources into a CloudFormation stack".
 */
export function adopt(stack: Stack, input: AdoptInput<CfnOptions>): Adoption {
  const { ids, folder, program } = input;
  const plans = planTemplates(stack);
  const generated = planTemplates(stack, program);
  const adoptions = plans.map((plan, index): Required<Adoption> => {
    const resources = plan.resources.filter(({ kind }) => kind !== 'sharedParameter');
    const parameters = parametersOf(plan, plans, stack, ids);
    const template: AdoptedTemplate = {
      plan,
      generatedName: generated[index]?.name ?? plan.name,
      folder: `${folder}/cfn/${plan.name}`,
      imported: resources.flatMap((resource) => {
        const identifier = identifierOf(resource, ids);
        return identifier === undefined ? [] : [{ resource, logicalId: logicalIdOf(resource), identifier }];
      }),
      parameters: parameterArguments(parameters),
    };
    return {
      files: importFiles(template, input),
      steps: [importStep(template), deploymentStep(template, input)],
      refusals: [...withoutIdentifier(resources, ids), ...withoutValue(parameters, resources)],
    };
  });
  return {
    files: adoptions.flatMap(({ files }) => files),
    steps: adoptions.flatMap(({ steps }) => steps),
    refusals: adoptions.flatMap(({ refusals }) => refusals),
  };
}

interface AdoptedTemplate {
  readonly plan: TemplatePlan;
  /** The name of the template that `build` generates. */
  readonly generatedName: string;
  readonly folder: string;
  readonly imported: readonly {
    readonly resource: Resource;
    readonly logicalId: string;
    readonly identifier: Identifier;
  }[];
  /** The argument with the template's parameters; empty if the template has none. */
  readonly parameters: readonly string[];
}

type Refusals = NonNullable<Adoption['refusals']>;

function withoutIdentifier(resources: readonly Resource[], ids: ReadonlyMap<string, string>): Refusals {
  return resources
    .filter((resource) => identifierOf(resource, ids) === undefined)
    .map((resource) => ({
      resource,
      reason:
        resource.kind === 'identityPolicy'
          ? 'CloudFormation cannot import an AWS::IAM::Policy'
          : 'its identifier in AWS is unknown',
    }));
}

/** Refuses a template with parameters whose value is unknown. The refusal is reported at the template's first resource. */
function withoutValue(parameters: readonly ParameterValue[], [first]: readonly Resource[]): Refusals {
  if (first === undefined) return [];
  return parameters
    .filter(({ value }) => value === undefined)
    .map(({ name }) => ({
      resource: first,
      reason: `the parameter ${name} of its template has a value that only another stack knows`,
    }));
}

function importFiles(
  { plan, imported }: AdoptedTemplate,
  { generator }: AdoptInput<CfnOptions>,
): readonly GeneratedFile[] {
  const template = buildTemplate(plan);
  const resources = template.resources.filter(({ logicalId }) => imported.some((one) => one.logicalId === logicalId));
  const list = imported.map(({ logicalId, identifier }) => ({
    ResourceType: resources.find((one) => one.logicalId === logicalId)?.type,
    LogicalResourceId: logicalId,
    ResourceIdentifier: { [identifier.property]: identifier.value },
  }));
  // Retains everything, so that a failed import never deletes a key.
  const removal = { deletionPolicy: 'Retain', updateReplacePolicy: 'Retain' } as const;
  const adopted = { ...template, outputs: [], resources: resources.map((one) => ({ ...one, removal })) };
  return [
    { path: `cfn/${plan.name}/resources-to-import.json`, content: `${JSON.stringify(list, undefined, 2)}\n` },
    { path: `cfn/${plan.name}/import.template.json`, content: jsonTemplate(adopted, generator) },
  ];
}

function importStep({ plan, folder, imported, parameters }: AdoptedTemplate): AdoptStep {
  const { name, stackName, environment } = plan;
  return changeSetStep({
    stackName,
    region: environment.region,
    title: `Import ${name} into CloudFormation`,
    about: [
      `CloudFormation creates the stack ${stackName} from what exists. It does not compare the template with what exists: \`keywright adopt\` did that when it wrote this plan.`,
    ],
    name: 'adopt',
    type: 'IMPORT',
    arguments: [
      `--resources-to-import ${shellWord(`file://${folder}/resources-to-import.json`)}`,
      `--template-body ${shellWord(`file://${folder}/import.template.json`)}`,
      ...parameters,
    ],
    expects: { imports: imported.map(({ logicalId, identifier }) => ({ address: logicalId, id: identifier.value })) },
    back: [
      `After it: \`aws cloudformation delete-stack --stack-name ${stackName}\`, which keeps everything, because each resource has \`DeletionPolicy: Retain\`.`,
    ],
  });
}

function deploymentStep(
  { plan, generatedName, imported, parameters }: AdoptedTemplate,
  { out, options, program }: AdoptInput<CfnOptions>,
): AdoptStep {
  const { name, stackName, environment, resources } = plan;
  return changeSetStep({
    stackName,
    region: environment.region,
    title: `Deploy ${name} as generated`,
    about: [
      'The stack gets its outputs, and each resource gets the DeletionPolicy that the project gives it.',
      ...(hasParameters(program)
        ? [`Add the \`--parameters\` that \`${out}/cfn/deployments.json\` has for ${stackName}.`]
        : []),
    ],
    name: 'adopted',
    type: 'UPDATE',
    arguments: [
      `--template-body ${shellWord(`file://${out}/cfn/${generatedName}.template.${options.format}`)}`,
      ...(hasParameters(program) ? [] : parameters),
    ],
    expects: {
      rewords: imported.map(({ logicalId }) => logicalId),
      creates: resources.filter(({ kind }) => kind === 'sharedParameter').map(logicalIdOf),
    },
    back: ['After it: deploy the template of the previous step.'],
  });
}

/** A parameter of a template. `value` is absent if only another stack knows it. */
interface ParameterValue {
  readonly name: string;
  readonly value: string | undefined;
}

function parameterArguments(parameters: readonly ParameterValue[]): readonly string[] {
  const pairs = parameters.flatMap(({ name, value }) =>
    value === undefined ? [] : [shellWord(`ParameterKey=${name},ParameterValue=${value}`)],
  );
  return pairs.length === 0 ? [] : [`--parameters ${pairs.join(' ')}`];
}

/** Returns the values of a template's parameters in this deployment, without parameters that have defaults. */
function parametersOf(
  { parameters }: TemplatePlan,
  plans: readonly TemplatePlan[],
  stack: Stack,
  ids: ReadonlyMap<string, string>,
): readonly ParameterValue[] {
  return parameters.flatMap((parameter) => {
    if (parameter.kind === 'ssm') return [];
    const { name } = parameter;
    const source =
      parameter.kind === 'output'
        ? plans
            .find(({ stackName }) => stackName === parameter.stackName)
            ?.outputs.find((output) => output.name === parameter.output)
        : undefined;
    return [{ name, value: source && knownText(source.value, stack, ids) }];
  });
}
