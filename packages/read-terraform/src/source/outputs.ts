import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { afterUnread } from './after-unread.ts';
import type { SourceOutput } from './resource.ts';

/** Returns the outputs of a root module in a state or plan: values by name, each with its mark `sensitive`. */
export function outputsIn(
  json: JsonText,
  range: Range | undefined,
  configured: (name: string) => ConfiguredOutput | undefined = () => undefined,
): readonly SourceOutput[] {
  if (range === undefined || json.kindOf(range) !== 'object') return [];
  return [...json.members(range)].map(({ key: name, value: at }): SourceOutput => {
    const content = json.value(at);
    const { sensitive, value } = isMapping(content) ? content : {};
    const { description, references, dependsOn = [] } = configured(name) ?? {};
    const span = json.span(at);
    return {
      name,
      ...(value !== undefined && { value }),
      ...(references !== undefined && { references }),
      ...(description !== undefined && { description }),
      sensitive: sensitive === true,
      onlyTerraform: afterUnread(dependsOn).map((part) => ({ ...part, span })),
      span,
    };
  });
}

export interface ConfiguredOutput {
  readonly description?: string;
  readonly references: readonly string[];
  readonly dependsOn: readonly string[];
}
