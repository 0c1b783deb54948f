import { sourceComment } from '@keywright/core/emit/comment';
import type { Parameters } from '@keywright/core/emit/parameters';
import { explicitDependencies, resourceIn } from '@keywright/core/emit/references';
import { subjectOf } from '@keywright/core/emit/resource-names';
import { code, type Row, type Rows, type RowValue, written } from '@keywright/core/emit/rows';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { localAddress, providerAlias, resourceName, resourceType } from '../names.ts';
import { quote } from '../print/text.ts';
import { argumentsOf, blocksOf } from '../rows.ts';

/** `name = value`. */
export interface ArgumentView {
  readonly name: string;
  readonly value: string;
}

/** The view of `_resource.hbs`. Every text is HCL; parts to leave out are `undefined`. */
export interface ResourceView {
  readonly source: string;
  readonly type: string;
  readonly name: string;
  readonly provider: string | undefined;
  /** The arguments: first the short ones together, then each object and policy by itself. */
  readonly paragraphs: readonly { readonly arguments: readonly ArgumentView[] }[];
  readonly blocks: readonly { readonly name: string; readonly arguments: readonly ArgumentView[] }[];
  readonly dependsOn: string | undefined;
}

export function resourceView(
  resource: Resource,
  stack: Stack,
  parameters: Parameters,
  print: (value: RowValue) => string,
): ResourceView {
  const rows = parameters.rows(subjectOf(resource, stack), (one) => argumentsOf(resourceIn(one, resource.id), one));
  const dependsOn = explicitDependencies(resource).map((id) => code(localAddress(resourceIn(stack, id), stack)));
  return {
    source: sourceComment(resource, stack),
    type: quote(resourceType(resource)),
    name: quote(resourceName(resource, stack)),
    provider: resource.region === undefined ? undefined : `aws.${providerAlias(resource.region)}`,
    paragraphs: [rows.filter((row) => !standsApart(row)), ...rows.filter(standsApart).map((row) => [row])].map(
      (paragraph) => ({ arguments: argumentViews(paragraph, print) }),
    ),
    blocks: blocksOf(resource).map(({ name, arguments: inner }) => ({ name, arguments: argumentViews(inner, print) })),
    dependsOn: dependsOn.length === 0 ? undefined : print(dependsOn),
  };
}

function standsApart([, value]: Row): boolean {
  return typeof value === 'object' && 'kind' in value && ['object', 'policy', 'foldedPolicy'].includes(value.kind);
}

export function argumentViews(rows: Rows, print: (value: RowValue) => string): readonly ArgumentView[] {
  return written(rows).map(([name, value]) => ({ name, value: print(value) }));
}
