import { groupBy } from '@keywright/core/collections/group-by';
import { inCode } from '@keywright/core/diagnostics/list-of';
import { type AdoptStep, type Forgotten, shellWord } from '@keywright/core/emit/adoption';
import type { Adoption } from '@keywright/core/emit/emitter';
import { changeSetStep } from './change-set.ts';

const stackName = 'OLD_STACK';
const template = 'OLD_TEMPLATE';

/**
 * Returns the two deployments with which the stack that owns the resources stops managing them: the first with a template that retains them
 * on removal, the second with a template that lacks them. The first deployment cannot be skipped, because the deployed template decides
 * what happens to a removed resource. Sources: CloudFormation User Guide, "DeletionPolicy attribute"; for attributes that cannot change
 * alone, "Update behaviors of stack resources".
 */
export function forget(forgotten: readonly Forgotten[], name: string): Adoption {
  const byRegion = groupBy(forgotten, ({ resource, stack }) => resource.region ?? stack.environment.region);
  return { files: [], steps: [...byRegion].flatMap(([region, resources]) => stepsOf(resources, name, region)) };
}

/** Returns the steps for one CloudFormation stack. Replicas are in the stacks of other regions. */
function stepsOf(forgotten: readonly Forgotten[], name: string, region: string | undefined): readonly AdoptStep[] {
  // A role and the inline policies in its definition have one logical id.
  const logicalIds = [...new Set(forgotten.flatMap(({ address, parts }) => [address, ...parts]))];
  const listed = inCode(logicalIds);
  const at = {
    stackName,
    region,
    type: 'UPDATE' as const,
    arguments: [`--template-body ${shellWord(`file://${template}`)}`],
  };
  const where = region === undefined ? '' : ` in ${region}`;
  const stands = `In place of \`${stackName}\`, write the name of the CloudFormation stack${where} that was read as \`${name}\`, and in place of \`${template}\` the file with its template. Pass the stack’s parameters as \`--parameters ParameterKey=NAME,UsePreviousValue=true\`.`;
  const values = [...new Set(forgotten.map(({ address, id }) => `\`${address}\` is \`${id}\``))].join(', ');
  return [
    changeSetStep({
      ...at,
      title: `Have CloudFormation keep what it will forget${where}`,
      about: [
        stands,
        `In the template, give ${listed} \`DeletionPolicy: Retain\`, \`UpdateReplacePolicy: Retain\` and \`Metadata: { HandedOver: true }\` each. CloudFormation accepts the policies only together with another change.`,
      ],
      name: 'keep',
      expects: { retains: logicalIds },
      back: ['After it: deploy the earlier template.'],
    }),
    changeSetStep({
      ...at,
      title: `Let CloudFormation forget the resources${where}`,
      about: [
        stands,
        `Remove ${listed} from the template. Where anything refers to one of them, write the value as text instead: ${values}. Outputs keep their values, so stacks that import them do not change.`,
        'The check passes only if each of them is removed with `PolicyAction: Retain`.',
      ],
      name: 'forget',
      expects: { forgets: logicalIds },
      back: [
        'After it: import them into the stack again, with a change set of type IMPORT and the template of the previous step.',
      ],
    }),
  ];
}
