import { type AdoptStep, shellWord } from '@keywright/core/emit/adoption';
import type { AdoptInput, Adoption, GeneratedFile } from '@keywright/core/emit/emitter';
import { hasParameters } from '@keywright/core/emit/stack-programs';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { logicalIdOf } from '../names.ts';
import type { CfnOptions } from '../target.ts';
import { planTemplates } from '../template/plan.ts';
import { buildTemplate } from '../template/template.ts';
import type { TemplatePlan } from '../template/template-plan.ts';
import { jsonTemplate } from '../view/json-template.ts';
import { changeSetStep } from './change-set.ts';
import { identifierOf } from './identifier.ts';
import { knownText } from './known-text.ts';

/**
 * For each template of a stack, a change set of type IMPORT: the resources with their identifiers, and a template with
 * only these, each with a `DeletionPolicy` and without outputs, which an import may not add. The generated template
 * follows. Source: CloudFormation User Guide, "Import AWS resources into a CloudFormation stack".
 */
export function adopt(stack: Stack, input: AdoptInput<CfnOptions>): Adoption {
  const { ids, folder, generator, out, program, options } = input;
  const plans = planTemplates(stack);
  const named = planTemplates(stack, program);
  const files: GeneratedFile[] = [];
  const steps: AdoptStep[] = [];
  const refusals: NonNullable<Adoption['refusals']>[number][] = [];
  for (const [index, plan] of plans.entries()) {
    const { stackName, environment } = plan;
    const imported = plan.resources.filter(({ kind }) => kind !== 'sharedParameter');
    const identified = imported.flatMap((resource) => {
      const identifier = identifierOf(resource, ids);
      if (identifier === undefined) refusals.push({ resource, reason: reasons(resource) });
      return identifier === undefined ? [] : [{ resource, identifier }];
    });
    const template = buildTemplate(plan);
    const adopted = {
      ...template,
      outputs: [],
      resources: template.resources
        .filter(({ logicalId }) => identified.some(({ resource }) => logicalIdOf(resource) === logicalId))
        // A failed import must not cost a key.
        .map((one) => ({ ...one, removal: { deletionPolicy: 'Retain', updateReplacePolicy: 'Retain' } as const })),
    };
    const base = `cfn/${plan.name}`;
    const list = identified.map(({ resource, identifier }) => ({
      ResourceType: template.resources.find(({ logicalId }) => logicalId === logicalIdOf(resource))?.type,
      LogicalResourceId: logicalIdOf(resource),
      ResourceIdentifier: { [identifier.property]: identifier.value },
    }));
    files.push(
      { path: `${base}/resources-to-import.json`, content: `${JSON.stringify(list, undefined, 2)}\n` },
      { path: `${base}/import.template.json`, content: jsonTemplate(adopted, generator) },
    );
    const parameters = parametersOf(plan, plans, stack, ids);
    for (const { name, value } of parameters) {
      const [first] = imported;
      const reason = `the parameter ${name} of its template has a value that only another stack knows`;
      if (value === undefined && first !== undefined) refusals.push({ resource: first, reason });
    }
    const parameterTexts = parameters.flatMap(({ name, value }) =>
      value === undefined ? [] : [shellWord(`ParameterKey=${name},ParameterValue=${value}`)],
    );
    const withParameters = parameterTexts.length === 0 ? [] : [`--parameters ${parameterTexts.join(' ')}`];
    const at = { stackName, region: environment.region };
    const logicalIds = identified.map(({ resource }) => logicalIdOf(resource));
    steps.push(
      changeSetStep({
        ...at,
        title: `Import ${plan.name} into CloudFormation`,
        about: [
          `CloudFormation creates the stack ${stackName} from what exists. It does not compare the template with it: \`keywright adopt\` did that when it wrote this plan.`,
        ],
        name: 'adopt',
        type: 'IMPORT',
        arguments: [
          `--resources-to-import ${shellWord(`file://${folder}/${base}/resources-to-import.json`)}`,
          `--template-body ${shellWord(`file://${folder}/${base}/import.template.json`)}`,
          ...withParameters,
        ],
        expects: {
          imports: identified.map(({ resource, identifier }) => ({
            address: logicalIdOf(resource),
            id: identifier.value,
          })),
        },
        back: [
          `After it: \`aws cloudformation delete-stack --stack-name ${stackName}\`, which keeps everything, because each resource has \`DeletionPolicy: Retain\`.`,
        ],
      }),
      changeSetStep({
        ...at,
        title: `Deploy ${plan.name} as generated`,
        about: [
          'The stack gets its outputs, and each resource gets the DeletionPolicy that the project gives it.',
          ...(hasParameters(program)
            ? [`Add the \`--parameters\` that \`${out}/cfn/deployments.json\` has for ${stackName}.`]
            : []),
        ],
        name: 'adopted',
        type: 'UPDATE',
        arguments: [
          `--template-body ${shellWord(`file://${out}/cfn/${named[index]?.name ?? plan.name}.template.${options.format}`)}`,
          ...(hasParameters(program) ? [] : withParameters),
        ],
        expects: {
          rewords: logicalIds,
          creates: plan.resources.filter(({ kind }) => kind === 'sharedParameter').map((one) => logicalIdOf(one)),
        },
        back: ['After it: deploy the template of the previous step.'],
      }),
    );
  }
  return { files, steps, refusals };
}

function reasons({ kind }: Resource): string {
  return kind === 'identityPolicy'
    ? 'CloudFormation cannot import an AWS::IAM::Policy'
    : 'its identifier in AWS is unknown';
}

/** The values of a template's parameters in this deployment. Parameters with defaults need none. */
function parametersOf(
  { parameters }: TemplatePlan,
  plans: readonly TemplatePlan[],
  stack: Stack,
  ids: ReadonlyMap<string, string>,
): readonly { readonly name: string; readonly value: string | undefined }[] {
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
