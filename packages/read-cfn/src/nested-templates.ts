/** The nested stacks of a CDK app: their templates are assets of the assembly that has their parent. */
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { TemplateFile } from './template.ts';

/** The templates that an assembly publishes: the path of each, by its name in the bucket, and a function that reads a template. */
interface PublishedTemplates {
  readonly paths: ReadonlyMap<string, string>;
  readonly readFile: (path: string) => string | undefined;
}

/** The greatest number of nested stacks in a stack, at any depth. */
const mostNested = 1000;

/** The templates of the stacks nested in a stack, at any depth. Those that cannot be found are left out. */
export function nestedTemplates(
  parent: TemplateFile,
  { paths, readFile }: PublishedTemplates,
): readonly TemplateFile[] {
  const { account, region } = parent;
  const place = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const nested: TemplateFile[] = [];
  const open: { readonly file: TemplateFile; readonly name: string; readonly ancestors: readonly string[] }[] = [
    { file: parent, name: parent.stackName ?? '', ancestors: [parent.path] },
  ];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { file, name, ancestors } = next;
    for (const [logicalId, templateUrl] of nestedStacksIn(file.text)) {
      const path = [...paths].find(([key]) => templateUrl.includes(`/${key}"`))?.[1];
      const text = path === undefined || ancestors.includes(path) ? undefined : readFile(path);
      if (path === undefined || text === undefined || nested.length >= mostNested) continue;
      const stack = file.id ?? file.path;
      const own = `${name}-${constructName(logicalId)}`;
      const child = { ...place, path, text, name: own, id: `${stack}/${logicalId}`, nestedIn: { stack, logicalId } };
      nested.push(child);
      open.push({ file: child, name: own, ancestors: [...ancestors, path] });
    }
  }
  return nested;
}

/** The logical ids of a template's nested stacks, each with its `TemplateURL` as JSON. */
function nestedStacksIn(text: string): readonly (readonly [string, string])[] {
  if (!text.includes('AWS::CloudFormation::Stack')) return [];
  let template: unknown;
  try {
    template = JSON.parse(text);
  } catch {
    return []; // reported once the template is read
  }
  const { Resources: resources } = isMapping(template) ? template : {};
  return Object.entries(isMapping(resources) ? resources : {}).flatMap(([logicalId, body]) => {
    const { Type: type, Properties: properties } = isMapping(body) ? body : {};
    const url = type === 'AWS::CloudFormation::Stack' && isMapping(properties) ? properties.TemplateURL : undefined;
    return url === undefined ? [] : [[logicalId, JSON.stringify(url)] as const];
  });
}

/** `Keys` for `KeysNestedStackKeysNestedStackResource8F1A2B3C`. */
function constructName(logicalId: string): string {
  return /^(.+?)NestedStack.*NestedStackResource[0-9A-F]{8}$/.exec(logicalId)?.[1] ?? logicalId;
}
