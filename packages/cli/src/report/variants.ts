/** Explains to people which deployments of a definition share a program, and why other deployments do not. */
import { resolve } from 'node:path';
import type { ExplainedDefinition, Reason } from '@keywright/core/emit/explain-variants';
import type { SourceFile } from '@keywright/core/source/span';
import { visible } from '@keywright/core/source/visible';
import type { Io } from '../io.ts';
import { shownPath } from '../project/locate.ts';
import { environmentsInWords } from './environments.ts';

/** Prints a block for each definition, with a line for each program and the lines of YAML that make it different. */
export function variantsText(
  definitions: readonly ExplainedDefinition[],
  sources: ReadonlyMap<string, SourceFile>,
  root: string,
  io: Io,
): string {
  if (definitions.length === 0) return 'no stack has several environments\n';
  const reasonText = ({ what, span }: Reason) => {
    const location = `${shownPath(io.cwd, resolve(root, span.file))}:${span.line}:${span.column}`;
    const line =
      sources
        .get(span.file)
        ?.text.split(/\r\n|\n|\r/)
        [span.line - 1]?.trim() ?? '';
    const shown = line.length > 80 ? `${line.slice(0, 80)}…` : line;
    return `    ${visible(what)}\n      ${visible(location)}  ${visible(shown)}\n`;
  };
  const blocks = definitions.map(({ name, programs }) => {
    const all = programs.reduce((sum, { environments }) => sum + environments.length, 0);
    const width = Math.max(...programs.map((program) => program.name.length));
    const count = programs.length === 1 ? 'one program' : `${programs.length} programs`;
    const lines = programs.map(
      (program) =>
        `  ${visible(program.name.padEnd(width))}  ${visible(environmentsInWords(program.environments, all))}${program.unlike === undefined ? '' : visible(`, unlike ${program.unlike}`)}\n${program.reasons.map(reasonText).join('')}`,
    );
    return `${visible(name)}: ${count} for ${all} ${all === 1 ? 'environment' : 'environments'}\n${lines.join('')}`;
  });
  return blocks.join('\n');
}
