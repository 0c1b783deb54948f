/** Templates that are read together, and the values that they exchange. */

import { Computed, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { sameOrUnknown, samePlace } from '@keywright/core/resolve/place';
import { sharedParameterPrefix } from '@keywright/core/stacks/shared-parameter';
import { createExchange, type Exchange } from './exchange.ts';
import { createExports, type Exports } from './exports.ts';
import { createNestedStacks, type NestedStacks } from './nested-stacks.ts';
import { type OpenTemplate, openTemplate } from './open-template.ts';
import type { Sources } from './parameters.ts';
import { exportOfOtherRegion, wantedOutput } from './stack-outputs.ts';
import type { ParameterValue, ParameterValues, Template } from './template.ts';

export interface World
  extends Pick<Exchange, 'sharedValue'>,
    Pick<Exports, 'isImported'>,
    Pick<NestedStacks, 'nestedStack' | 'isCreated'> {
  readonly templates: readonly OpenTemplate[];
}

/** Opens templates, each under its stack's name. */
export function createWorld(named: readonly (readonly [string, Template])[], parameters: ParameterValues): World {
  const templates: OpenTemplate[] = [];
  const exchange = createExchange();
  const exports = createExports(templates, exchange);
  const nestedStacks = createNestedStacks(exchange);
  for (const [name, template] of named) {
    const { parameters: own = {} } = template.file;
    const sources: Sources = {
      given(called) {
        const values = Object.hasOwn(own, called) ? own : parameters;
        const value = Object.hasOwn(values, called) ? values[called] : undefined;
        if (value === undefined)
          return (
            nestedStacks.passedTo(template, called) ??
            nestedStacks.outputOfNested(template, called) ??
            exportOfOtherRegion(template, called, templates, exchange)
          );
        return typeof value === 'object' ? outputOf(template, value, templates, exchange) : value;
      },
      exported: (exportName) => exports.exportedBy(template, exportName),
      outputOf: (wanted) => wantedOutput(template, wanted, templates, exchange),
      shared: (parameterName) => sharedBy(template, parameterName, templates, exchange),
      stackTags: () => nestedStacks.tagsOf(template),
    };
    const opened = openTemplate(template, name, sources);
    templates.push(opened);
    nestedStacks.add(opened);
  }
  const { sharedValue } = exchange;
  const { isImported } = exports;
  const { nestedStack, isCreated } = nestedStacks;
  return { templates, sharedValue, isImported, nestedStack, isCreated };
}

/** Returns the output of a stack that the user names for a parameter. */
function outputOf(
  user: Template,
  { stack, output }: Exclude<ParameterValue, string>,
  templates: readonly OpenTemplate[],
  { valueFor }: Exchange,
): SourceValue {
  const ofStack = templates.filter(({ name, template }) => name === stack || template.file.stackName === stack);
  // The stacks of a stack set have one name everywhere, so another template of the same account is preferred.
  const others = ofStack.filter(({ template }) => template !== user && mayBeOneAccount(template, user));
  const [producer, another] = others.length > 0 ? others : ofStack;
  if (producer === undefined)
    return new Unknown(`the template of the stack ${stack} is not read`, 'read that template as well');
  if (another !== undefined)
    return new Unknown(`several templates are for a stack named ${stack}`, 'give each stack a name of its own');
  return valueFor(user, producer, output, false);
}

/** Returns the value that a stack of Keywright shares through an SSM parameter. */
function sharedBy(
  user: Template,
  parameterName: string,
  templates: readonly OpenTemplate[],
  { used }: Exchange,
): SourceValue | undefined {
  if (!parameterName.startsWith(sharedParameterPrefix)) return undefined;
  for (const producer of templates) {
    if (!samePlace(producer.template.environment, user.environment)) continue;
    for (const entry of producer.entries) {
      if (entry.type !== 'AWS::SSM::Parameter' || producer.template === user) continue;
      const { resource } = producer.read(entry);
      if (resource?.kind !== 'sharedParameter' || resource.parameterName !== parameterName) continue;
      const what = { label: entry.logicalId, span: entry.span, parameterName, isOfOnePlace: true };
      return used(user, producer, what, () => new Computed(resource.value));
    }
  }
  return undefined;
}

function mayBeOneAccount(one: Template, other: Template): boolean {
  return sameOrUnknown(one.environment.account, other.environment.account);
}
