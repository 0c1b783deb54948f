import { resolve } from 'node:path';
import { describeSource } from '@keywright/analyze/describe';
import type { Origin, Provenance } from '@keywright/core/ir/policy';
import type { Io } from '../io.ts';
import { shownPath } from '../project/locate.ts';
import type { OpenProject } from './open-project.ts';

/** A position in the YAML as text: `teams/keys.yaml:12 (standard pii)`. The path is relative to the working directory. */
export function shownSource({ root }: Pick<OpenProject, 'root'>, source: Provenance, io: Io): string {
  return describeSource({ source }, (file) => shownPath(io.cwd, resolve(root, file)));
}

/** A position in the YAML as an object for JSON output. The path is relative to the working directory. */
export function sourceJson({ root }: Pick<OpenProject, 'root'>, source: Provenance, io: Io) {
  const originJson = ({ span, through }: Origin) => {
    const { line, column, endLine, endColumn } = span;
    const file = shownPath(io.cwd, resolve(root, span.file));
    return { file, line, column, endLine, endColumn, ...(through !== undefined && { through }) };
  };
  return { ...originJson(source), ...(source.also !== undefined && { also: source.also.map(originJson) }) };
}
