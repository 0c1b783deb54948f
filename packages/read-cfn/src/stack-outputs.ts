/** Finds values that a template looks up in a stack of any account and region. */
import { type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { sameOrUnknown, samePlace } from '@keywright/core/resolve/place';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { WantedOutput } from './evaluate/scope.ts';
import type { Exchange } from './exchange.ts';
import type { OpenTemplate } from './open-template.ts';
import type { Template } from './template.ts';

/** Returns the output that `Fn::GetStackOutput` looks up. */
export function wantedOutput(
  user: Template,
  { stackName, output, account, region }: WantedOutput,
  templates: readonly OpenTemplate[],
  { valueFor }: Exchange,
): SourceValue {
  const { environment } = user;
  const place = { ...environment, ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const [producer, another] = templates.filter(
    ({ template }) =>
      template !== user && template.file.stackName === stackName && samePlace(template.environment, place),
  );
  if (producer === undefined)
    return new Unknown(
      `no template is read for the stack ${stackName} in the account and region of its output ${output}`,
      'read the template of that stack as well',
    );
  if (another !== undefined)
    return new Unknown(`several templates are for a stack named ${stackName}`, 'say where each of the stacks is');
  const isOfOnePlace = place.account === environment.account && place.region === environment.region;
  return valueFor(user, producer, output, isOfOnePlace);
}

/**
 * Returns the value that the CDK passes from a stack of another region through SSM parameters, if `called` is the attribute of such a
 * value: `<reader>./cdk/exports/<stack>/<export>`. Source: aws-cdk-lib, `ExportReader` and `ExportWriter`.
 */
export function exportOfOtherRegion(
  user: Template,
  called: string,
  templates: readonly OpenTemplate[],
  { used }: Exchange,
): SourceValue | undefined {
  const [, logicalId = '', name = ''] = /^([^.]+)\.(\/cdk\/exports\/.+)$/.exec(called) ?? [];
  const reader = templates.find(({ template }) => template === user)?.entryOf(logicalId);
  if (reader?.type !== 'Custom::CrossRegionExportReader') return undefined;
  for (const producer of templates) {
    if (producer.template === user || !sameOrUnknown(producer.template.environment.account, user.environment.account))
      continue;
    for (const entry of producer.entries) {
      if (entry.type !== 'Custom::CrossRegionExportWriter') continue;
      const { region, exports } = memberMapping(memberMapping(entry.body, 'Properties'), 'WriterProps');
      if (region !== user.environment.region || !isMapping(exports) || !Object.hasOwn(exports, name)) continue;
      const what = { label: name, span: entry.span, isOfOnePlace: false };
      return used(user, producer, what, () => producer.evaluator.at(exports, name));
    }
  }
  return undefined;
}

function memberMapping(mapping: Mapping, name: string): Mapping {
  const member = mapping[name];
  return isMapping(member) ? member : {};
}
