import { inReadingOrder } from '@keywright/core/emit/reading-order';
import { explicitDependencies, resourceIn } from '@keywright/core/emit/references';
import { subjectOf } from '@keywright/core/emit/resource-names';
import { code, object as objectValue, type Rows, type RowValue, written } from '@keywright/core/emit/rows';
import type { Resource } from '@keywright/core/ir/program';
import { namesOf } from '../names.ts';
import { type Code, call, inlineObject, object, string } from '../print/code.ts';
import type { Constants } from '../print/constants.ts';
import { optionsOf, propertiesOf } from '../rows.ts';
import type { ProgramSource } from './program-source.ts';
import type { Providers } from './providers.ts';

export interface ResourceCode {
  readonly resource: Resource;
  readonly code: Code;
}

export function resourceCodes(
  source: ProgramSource,
  constants: Constants,
  providers: Providers,
  print: (value: RowValue) => Code,
): readonly ResourceCode[] {
  const { stack } = source;
  const printed = (rows: Rows) => written(rows).map(([name, value]) => [name, print(value)] as const);
  return inReadingOrder(stack.resources).map((resource) => {
    const { constructorName, name } = namesOf(stack).of(resource);
    const rows = source.rows(subjectOf(resource, stack), (one) => propertiesOf(resourceIn(one, resource.id), one));
    const properties = printed(rows);
    const provider = providers.of(resource.region);
    const dependsOn = explicitDependencies(resource).map((id) => code(constants.ofResource(id)));
    const options = printed([
      ['provider', provider === undefined ? undefined : code(provider)],
      ...optionsOf(resource),
      ['aliases', formerNames(resource)],
      ['dependsOn', dependsOn.length > 0 ? dependsOn : undefined],
    ]);
    const args = [
      string(name),
      ...(properties.length > 0 || options.length > 0 ? [object(properties)] : []),
      ...(options.length > 0 ? [inlineObject(options)] : []),
    ];
    return { resource, code: call(`new ${constructorName}`, ...args) };
  });
}

/** Returns the names that let the engine find a resource in the state of an earlier deployment. */
function formerNames(resource: Resource): RowValue | undefined {
  const former = resource.formerNames?.pulumi;
  return former?.map((name) => objectValue([['name', name.slice(name.indexOf('::') + 2)]]));
}
