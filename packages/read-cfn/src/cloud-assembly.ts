import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import { pathWithin } from '@keywright/core/reading/path-within';
import type { SourceFile } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { type ParsedSource, parseSource } from '@keywright/core/syntax/parse';
import { missingContext, notAnAssembly } from './diagnostics.ts';
import { nestedTemplates } from './nested-templates.ts';
import type { TemplateFile } from './template.ts';

/**
 * Returns the templates of a `cdk.out` folder with the account, region and name of each stack, including the templates of stages and of
 * nested stacks. Takes the text of its `manifest.json`, and a function that reads a file in the folder by a path relative to the manifest
 * and returns `undefined` if it is missing. Source: aws-cdk-lib, cloud-assembly-schema, `AssemblyManifest`.
 */
export function templatesOfAssembly(
  manifest: SourceFile,
  readFile: (path: string) => string | undefined,
): Result<readonly TemplateFile[]> {
  const collector = createCollector();
  const files: TemplateFile[] = [];
  const open = [manifest];
  const seen = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next.path)) continue;
    seen.add(next.path);
    const parsed = parseSource(next);
    collector.add(...parsed.diagnostics);
    const unknown = parsed.diagnostics.length > 0 ? [] : missingIn(parsed);
    collector.add(...unknown);
    if (unknown.length > 0) continue;
    const folder = next.path.slice(0, next.path.lastIndexOf('/') + 1);
    const artifacts = parsed.diagnostics.length > 0 ? [] : collector.take(artifactsOf(parsed));
    const nestedFiles = { readFile, published: publishedTemplates(artifacts, folder, readFile) };
    for (const artifact of artifacts) {
      const { name, kind } = artifact;
      if (kind === 'assets') continue;
      const path = `${folder}${name}${kind === 'stage' ? '/manifest.json' : ''}`;
      const text = isBelow(name) ? readFile(path) : undefined;
      if (text === undefined)
        collector.add(report(notAnAssembly, artifact.span, { problem: `there is no file ${path}` }));
      else if (kind === 'stage') open.push({ path, text });
      else {
        const file = { ...artifact.file, path, text };
        files.push(file, ...nestedTemplates(file, nestedFiles));
      }
    }
  }
  return collector.result(files);
}

/** Returns the paths of the templates in the asset manifests of an assembly, by the name of each template in the bucket. */
function publishedTemplates(
  artifacts: readonly Artifact[],
  folder: string,
  readFile: (path: string) => string | undefined,
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { kind, name } of artifacts) {
    const text = kind === 'assets' && isBelow(name) ? readFile(`${folder}${name}`) : undefined;
    if (text === undefined) continue;
    const { value, diagnostics } = parseSource({ path: `${folder}${name}`, text });
    const files = diagnostics.length === 0 && isMapping(value) && isMapping(value.files) ? value.files : {};
    for (const file of Object.values(files)) {
      const { source, destinations } = isMapping(file) ? file : {};
      const path = isMapping(source) ? source.path : undefined;
      if (typeof path !== 'string' || !path.endsWith('.json') || !isBelow(path)) continue;
      for (const destination of Object.values(isMapping(destinations) ? destinations : {})) {
        const key = isMapping(destination) ? destination.objectKey : undefined;
        if (typeof key === 'string') paths.set(key, `${folder}${path}`);
      }
    }
  }
  return paths;
}

interface Artifact {
  readonly kind: 'stack' | 'stage' | 'assets';
  /** The path of the template, folder or asset manifest, relative to the manifest's folder. */
  readonly name: string;
  readonly file: Omit<TemplateFile, 'path' | 'text'>;
  readonly span: Diagnostic['span'];
}

/** The artifacts that are read, by type. */
const kinds: ReadonlyMap<string, Artifact['kind']> = new Map([
  ['aws:cloudformation:stack', 'stack'],
  ['cdk:cloud-assembly', 'stage'],
  ['cdk:asset-manifest', 'assets'],
]);

/** Whether a file is inside the folder of the manifest, as it must be. */
function isBelow(name: string): boolean {
  return !name.includes('\\') && pathWithin(name) === name;
}

/** Reports the values that the CDK has not looked up. A manifest also lists those of its stages. */
function missingIn({ value, locations }: ParsedSource): readonly Diagnostic[] {
  const missing = isMapping(value) && Array.isArray(value.missing) ? (value.missing as readonly unknown[]) : [];
  return missing.map((one, index) => {
    const key = isMapping(one) && typeof one.key === 'string' ? one.key : 'a value';
    return report(missingContext, locations.valueSpan(missing, index), { key });
  });
}

function artifactsOf({ value, locations, source }: ParsedSource): Result<readonly Artifact[]> {
  const start = { file: source.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const artifacts = isMapping(value) ? value.artifacts : undefined;
  if (!isMapping(artifacts))
    return { value: [], diagnostics: [report(notAnAssembly, start, { problem: '`artifacts` is missing' })] };
  const collector = createCollector();
  const read = Object.entries(artifacts).flatMap(([id, artifact]): readonly Artifact[] => {
    const { type, environment, properties } = isMapping(artifact) ? artifact : {};
    const { templateFile, directoryName, file, stackName, parameters, tags } = isMapping(properties) ? properties : {};
    const span = locations.keySpan(artifacts, id) ?? start;
    const kind = typeof type === 'string' ? kinds.get(type) : undefined;
    if (kind === undefined) return [];
    const name = { stage: directoryName, stack: templateFile, assets: file }[kind];
    if (kind === 'assets' && typeof name !== 'string') return [];
    if (typeof name !== 'string') {
      collector.add(report(notAnAssembly, span, { problem: `${id} does not say where it is` }));
      return [];
    }
    const values = textsIn(parameters);
    const stackTags = textsIn(tags);
    return [
      {
        kind,
        name,
        span,
        file: {
          ...placeOf(environment),
          stackName: typeof stackName === 'string' ? stackName : id,
          ...(values.length > 0 && { parameters: Object.fromEntries(values) }),
          ...(stackTags.length > 0 && { stackTags: Object.fromEntries(stackTags) }),
        },
      },
    ];
  });
  return collector.result(read);
}

function textsIn(mapping: unknown): readonly (readonly [string, string])[] {
  const entries = Object.entries(isMapping(mapping) ? mapping : {});
  return entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

/** Parses `aws://111122223333/eu-west-1`. The CDK writes `unknown-account` and `unknown-region` if the deployment decides. */
function placeOf(environment: unknown): { readonly account?: string; readonly region?: string } {
  const [, account, region] =
    /^aws:\/\/([^/]+)\/([^/]+)$/.exec(typeof environment === 'string' ? environment : '') ?? [];
  return {
    ...(account !== undefined && account !== 'unknown-account' && { account }),
    ...(region !== undefined && region !== 'unknown-region' && { region }),
  };
}
