/** Finds the templates of nested stacks among the files beside the template of their parent. */
import { posix } from 'node:path';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { parseSource } from '@keywright/core/syntax/parse';
import { cloudFormationYaml } from './dialect.ts';
import { stackNameOf, type TemplateFile } from './template.ts';

/** The types of resources that create one stack, with the property that has the address of its template. */
const templateProperties: ReadonlyMap<unknown, string> = new Map([
  ['AWS::CloudFormation::Stack', 'TemplateURL'],
  ['AWS::Serverless::Application', 'Location'],
]);

/** The maximum number of nested stacks in a stack, at any depth. */
const mostNested = 1000;

export interface NestedFiles {
  readonly readFile: (path: string) => string | undefined;
  /** The paths of the templates that an assembly publishes, by the name they get in the bucket. */
  readonly published?: ReadonlyMap<string, string>;
}

/**
 * Returns the templates of the stacks nested in a stack, at any depth: those that an assembly publishes, and those whose address is a path
 * relative to the parent's template, as before `aws cloudformation package`. Leaves out templates that cannot be found.
 */
export function nestedTemplates(
  parent: TemplateFile,
  { readFile, published = new Map() }: NestedFiles,
): readonly TemplateFile[] {
  const { account, region } = parent;
  const place = { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
  const nested: TemplateFile[] = [];
  const open: { readonly file: TemplateFile; readonly name: string; readonly ancestors: readonly string[] }[] = [
    { file: parent, name: stackNameOf(parent), ancestors: [parent.path] },
  ];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { file, name, ancestors } = next;
    for (const [logicalId, address] of nestedStacksIn(file)) {
      const path = pathOf(address, file.path, published);
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

interface Address {
  /** The value of `TemplateURL`, as JSON if it is not text. */
  readonly url: string;
  /** The path of the CDK's asset, relative to the folder of the parent's template. */
  readonly asset?: string;
}

function pathOf({ url, asset }: Address, parent: string, published: ReadonlyMap<string, string>): string | undefined {
  const publishedPath = [...published].find(([key]) => `${url}"`.includes(`/${key}"`))?.[1];
  if (publishedPath !== undefined) return publishedPath;
  const relative = asset ?? (/^([\w+.-]+:|\/|[{["])/.test(url) ? undefined : url);
  return relative === undefined ? undefined : posix.join(posix.dirname(parent), relative);
}

/** The logical ids of a template's nested stacks, each with the address of its template. */
function nestedStacksIn({ path, text }: TemplateFile): readonly (readonly [string, Address])[] {
  if (![...templateProperties.keys()].some((type) => text.includes(String(type)))) return [];
  const { value, diagnostics } = parseSource({ path, text }, cloudFormationYaml);
  // A problem is reported once the template is read.
  const { Resources: resources } = diagnostics.length === 0 && isMapping(value) ? value : {};
  return Object.entries(isMapping(resources) ? resources : {}).flatMap(([logicalId, body]) => {
    const { Type: type, Properties: properties, Metadata: metadata } = isMapping(body) ? body : {};
    const property = templateProperties.get(type);
    const url = property !== undefined && isMapping(properties) ? properties[property] : undefined;
    if (url === undefined) return [];
    const asset = isMapping(metadata) ? metadata['aws:asset:path'] : undefined;
    const address = {
      url: typeof url === 'string' ? url : JSON.stringify(url),
      ...(typeof asset === 'string' && { asset }),
    };
    return [[logicalId, address] as const];
  });
}

/** Returns the name of the CDK construct: `Keys` for `KeysNestedStackKeysNestedStackResource8F1A2B3C`. */
function constructName(logicalId: string): string {
  return /^(.+?)NestedStack.*NestedStackResource[0-9A-F]{8}$/.exec(logicalId)?.[1] ?? logicalId;
}

/** Returns templates with the stacks nested in them. A template that another one nests is not a separate stack. */
export function withNestedTemplates(
  files: readonly TemplateFile[],
  readFile: (path: string) => string | undefined,
): readonly TemplateFile[] {
  const nested = files.map((file) => nestedTemplates(file, { readFile }));
  const paths = new Set(nested.flat().map(({ path }) => path));
  return files.flatMap((file, index) => (paths.has(file.path) ? [] : [file, ...(nested[index] ?? [])]));
}
