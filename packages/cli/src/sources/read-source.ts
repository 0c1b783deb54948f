import { readFileSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Reading } from '@keywright/core/reading/reader';
import type { SourceFile } from '@keywright/core/source/span';
import { refusal } from '../disk/system-error.ts';
import type { Io } from '../io.ts';
import { shownPath } from '../project/locate.ts';
import { readParameters } from './parameters.ts';
import { adviceFor, recognise, type SourceKind, sourceTitles } from './recognise.ts';

export interface SourceArguments {
  /** A file, or a folder `cdk.out`. Absolute. */
  readonly path: string;
  /** Of templates that do not say where they are deployed. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** What the CloudFormation stack of a template is called. */
  readonly stackName?: string | undefined;
  /** A file with values of a template's parameters. Absolute. */
  readonly parameters?: string | undefined;
}

export interface ReadSource {
  readonly kind: SourceKind;
  readonly reading: Reading;
}

/** Reads whatever a path leads to; or what is wrong with it. */
export async function readSource(args: SourceArguments, io: Io): Promise<ReadSource | { readonly problem: string }> {
  const opened = open(args.path, io);
  if ('problem' in opened) return opened;
  const { file } = opened;
  const kind = recognise(file.text);
  if (kind === undefined) {
    const advice = adviceFor(file.path, file.text) ?? `it has to be ${listed(Object.values(sourceTitles))}`;
    return { problem: `${JSON.stringify(file.path)} is nothing that can be imported: ${advice}` };
  }
  for (const name of ['parameters', 'stackName'] as const) {
    if (args[name] === undefined || kind === 'template' || (kind === 'assembly' && name === 'parameters')) continue;
    return { problem: `--${name === 'stackName' ? 'stack-name' : name} is for a CloudFormation template` };
  }
  switch (kind) {
    case 'template':
    case 'assembly':
      return readTemplateSource(kind, file, args, io);
    case 'terraform': {
      const { readTerraform } = await import('@keywright/read-terraform/read-terraform');
      return { kind, reading: readTerraform(file) };
    }
    case 'pulumi': {
      const { readPulumi } = await import('@keywright/read-pulumi/read-pulumi');
      return { kind, reading: readPulumi(file) };
    }
  }
}

async function readTemplateSource(
  kind: 'template' | 'assembly',
  file: SourceFile,
  args: SourceArguments,
  io: Io,
): Promise<ReadSource | { readonly problem: string }> {
  const { readTemplates } = await import('@keywright/read-cfn/read-templates');
  const { templatesOfAssembly } = await import('@keywright/read-cfn/cloud-assembly');
  const diagnostics: Diagnostic[] = [];
  const sources = new Map([[file.path, file]]);
  let parameters = {};
  if (args.parameters !== undefined) {
    const opened = textFile(args.parameters, io);
    if ('problem' in opened) return opened;
    sources.set(opened.file.path, opened.file);
    const read = readParameters(opened.file);
    parameters = read.value;
    diagnostics.push(...read.diagnostics);
  }
  const folder = dirname(resolve(io.cwd, file.path));
  const templates =
    kind === 'template'
      ? { value: [file], diagnostics: [] }
      : templatesOfAssembly(file, (path) => {
          const opened = textFile(join(folder, path.slice(file.path.lastIndexOf('/') + 1)), io);
          return 'problem' in opened ? undefined : opened.file.text;
        });
  diagnostics.push(...templates.diagnostics);
  const { account, region, stackName } = args;
  const placed = templates.value.map((template) => ({
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(stackName !== undefined && { stackName }),
    ...template,
  }));
  const reading = readTemplates(placed, { parameters });
  const whole: Reading = {
    ...reading,
    diagnostics: [...diagnostics, ...reading.diagnostics],
    sources: new Map([...sources, ...reading.sources]),
  };
  return { kind, reading: whole };
}

type Opened = { readonly file: SourceFile } | { readonly problem: string };

/** The file that a path leads to, of a folder its `manifest.json`. */
function open(path: string, io: Io): Opened {
  const shown = JSON.stringify(shownPath(io.cwd, path));
  let stats: Stats | undefined;
  try {
    stats = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return { problem: `cannot look at ${shown}: ${refused.reason}` };
  }
  if (stats === undefined) return { problem: `there is no file or folder ${shown}` };
  if (!stats.isDirectory()) return textFile(path, io);
  const manifest = textFile(join(path, 'manifest.json'), io);
  if (!('problem' in manifest)) return manifest;
  return {
    problem: `${shown} is a folder without a manifest.json: name a file, or the folder cdk.out that \`cdk synth\` makes`,
  };
}

function textFile(path: string, io: Io): Opened {
  const shown = shownPath(io.cwd, path);
  try {
    const bytes = readFileSync(path);
    if (basename(path).endsWith('.tfplan') || bytes.subarray(0, 2).toString() === 'PK') {
      return {
        problem: `${JSON.stringify(shown)} is a plan file: print it with \`terraform show -json ${shown} > plan.json\``,
      };
    }
    return { file: { path: shown, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) } };
  } catch (error) {
    const refused = refusal(error);
    if (refused !== undefined) return { problem: `cannot read ${JSON.stringify(shown)}: ${refused.reason}` };
    if (error instanceof TypeError) return { problem: `${JSON.stringify(shown)} is no text in UTF-8` };
    throw error;
  }
}

function listed(titles: readonly string[]): string {
  return `${titles.slice(0, -1).join(', ')} or ${titles.at(-1)}`;
}
