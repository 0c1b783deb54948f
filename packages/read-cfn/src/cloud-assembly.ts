import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { SourceFile } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { type ParsedSource, parseSource } from '@keywright/core/syntax/parse';
import { notAnAssembly } from './diagnostics.ts';
import type { TemplateFile } from './template.ts';

/**
 * The templates of a `cdk.out` folder with the account, region and name of each stack, including the templates of stages. `readFile` takes
 * a path that starts with the folder of `manifest.path`, and returns `undefined` if there is no such file. Source: aws-cdk-lib,
 * cloud-assembly-schema, `AssemblyManifest`.
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
    const folder = next.path.slice(0, next.path.lastIndexOf('/') + 1);
    for (const artifact of parsed.diagnostics.length > 0 ? [] : collector.take(artifactsOf(parsed))) {
      const { name, kind } = artifact;
      const path = `${folder}${name}${kind === 'stage' ? '/manifest.json' : ''}`;
      const text = isBelow(name) ? readFile(path) : undefined;
      if (text === undefined)
        collector.add(report(notAnAssembly, artifact.span, { problem: `there is no file ${path}` }));
      else if (kind === 'stage') open.push({ path, text });
      else files.push({ ...artifact.file, path, text });
    }
  }
  return collector.result(files);
}

interface Artifact {
  readonly kind: 'stack' | 'stage';
  /** The path of the template or folder, relative to the manifest's folder. */
  readonly name: string;
  readonly file: Omit<TemplateFile, 'path' | 'text'>;
  readonly span: Diagnostic['span'];
}

/** A manifest may name only files inside its folder. */
function isBelow(name: string): boolean {
  return !name.includes('\\') && name.split('/').every((part) => !['', '.', '..'].includes(part));
}

function artifactsOf({ value, locations, source }: ParsedSource): Result<readonly Artifact[]> {
  const start = { file: source.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const artifacts = isMapping(value) ? value.artifacts : undefined;
  if (!isMapping(artifacts))
    return { value: [], diagnostics: [report(notAnAssembly, start, { problem: '`artifacts` is missing' })] };
  const collector = createCollector();
  const read = Object.entries(artifacts).flatMap(([id, artifact]): readonly Artifact[] => {
    const { type, environment, properties } = isMapping(artifact) ? artifact : {};
    const { templateFile, directoryName, stackName, parameters } = isMapping(properties) ? properties : {};
    const span = locations.keySpan(artifacts, id) ?? start;
    if (type !== 'aws:cloudformation:stack' && type !== 'cdk:cloud-assembly') return [];
    const kind = type === 'cdk:cloud-assembly' ? 'stage' : 'stack';
    const name = kind === 'stage' ? directoryName : templateFile;
    if (typeof name !== 'string') {
      collector.add(report(notAnAssembly, span, { problem: `${id} does not say where it is` }));
      return [];
    }
    const values = isMapping(parameters)
      ? Object.entries(parameters).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      : [];
    return [
      {
        kind,
        name,
        span,
        file: {
          ...placeOf(environment),
          stackName: typeof stackName === 'string' ? stackName : id,
          ...(values.length > 0 && { parameters: Object.fromEntries(values) }),
        },
      },
    ];
  });
  return collector.result(read);
}

/** Parses `aws://111122223333/eu-west-1`. The CDK writes `unknown-account` and `unknown-region` for what the deployment decides. */
function placeOf(environment: unknown): { readonly account?: string; readonly region?: string } {
  const [, account, region] =
    /^aws:\/\/([^/]+)\/([^/]+)$/.exec(typeof environment === 'string' ? environment : '') ?? [];
  return {
    ...(account !== undefined && account !== 'unknown-account' && { account }),
    ...(region !== undefined && region !== 'unknown-region' && { region }),
  };
}
